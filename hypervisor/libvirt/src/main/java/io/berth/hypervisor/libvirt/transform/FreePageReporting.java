package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.hypervisor.Phase;
import io.berth.driver.xml.Xml;
import java.util.Set;

/**
 * Lets the guest tell the host which pages it has freed ({@code <memballoon freePageReporting='on'>}): an image of 382
 * MiB became one of 97. The guest sees the device's new feature, so only before a cold start. libvirt 6.9 and QEMU 5.1
 * or later.
 */
public final class FreePageReporting implements DomainTransformation {
    @Override
    public String name() {
        return "free-page-reporting";
    }

    @Override
    public Set<Phase> phases() {
        return Set.of(Phase.DEPLOY);
    }

    @Override
    public DomainXml apply(DomainXml domain, Phase phase, HostFacts facts) {
        return domain.edited(root -> Xml.child(root, "devices").ifPresent(devices -> {
            // A guest without the element gets a balloon from libvirt; model 'none' is a wish to have none.
            var balloon = Xml.childOrNew(devices, "memballoon");
            if (!balloon.hasAttribute("model")) {
                balloon.setAttribute("model", "virtio");
            }
            if (balloon.getAttribute("model").startsWith("virtio") && !balloon.hasAttribute("freePageReporting")) {
                balloon.setAttribute("freePageReporting", "on");
            }
        }));
    }
}
