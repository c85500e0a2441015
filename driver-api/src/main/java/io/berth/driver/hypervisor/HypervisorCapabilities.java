package io.berth.driver.hypervisor;

import java.util.Set;

/**
 * What a hypervisor driver can do on a host.
 *
 * @param writers the ways to write memory, best first choice decided by configuration
 * @param restorePaused a guest can be restored without letting it run
 * @param migrate a guest can be brought to another host of the same kind while it runs
 */
public record HypervisorCapabilities(Set<MemoryWriter> writers, boolean restorePaused, boolean migrate) {
    public HypervisorCapabilities {
        writers = Set.copyOf(writers);
    }
}
