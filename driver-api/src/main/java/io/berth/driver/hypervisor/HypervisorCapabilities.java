package io.berth.driver.hypervisor;

import java.util.Set;

/**
 * What a hypervisor driver can do on a host.
 *
 * @param writers the ways to write memory, best first choice decided by configuration
 * @param restorePaused a guest can be restored without letting it run
 */
public record HypervisorCapabilities(Set<MemoryWriter> writers, boolean restorePaused) {
    public HypervisorCapabilities {
        writers = Set.copyOf(writers);
    }
}
