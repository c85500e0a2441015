package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.hypervisor.Phase;
import io.berth.driver.xml.Xml;
import java.util.Set;

/**
 * Lets the guest give blocks back to thin storage ({@code discard='unmap'}), where its owner said nothing. The guest
 * sees that its disk can discard, so only before a cold start.
 */
public final class Discard implements DomainTransformation {
    @Override
    public String name() {
        return "discard";
    }

    @Override
    public Set<Phase> phases() {
        return Set.of(Phase.DEPLOY);
    }

    @Override
    public DomainXml apply(DomainXml domain, Phase phase, HostFacts facts) {
        return domain.edited(root -> Disks.writable(root).forEach(disk -> {
            var driver = Xml.childOrNew(disk, "driver");
            if (!driver.hasAttribute("discard")) {
                driver.setAttribute("discard", "unmap");
            }
        }));
    }
}
