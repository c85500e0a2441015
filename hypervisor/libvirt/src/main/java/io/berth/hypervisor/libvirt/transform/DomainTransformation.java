package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.hypervisor.Phase;
import java.util.Set;

/**
 * One named change to a guest's definition. Applying it twice gives what applying it once gives. Implementations are
 * thread-safe.
 *
 * <p>In {@link Phase#RESTORE} only what the guest can't see may change: libvirt refuses the rest, and then the guest
 * isn't restored.
 */
public interface DomainTransformation {
    /** How configuration, {@code berth domain explain} and messages call it. */
    String name();

    Set<Phase> phases();

    /**
     * @return the changed definition, or {@code domain} itself when there is nothing to do
     * @throws io.berth.driver.Failure the operation is refused
     */
    DomainXml apply(DomainXml domain, Phase phase, HostFacts facts);
}
