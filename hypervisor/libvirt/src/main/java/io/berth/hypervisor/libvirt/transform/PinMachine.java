package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.hypervisor.Phase;
import io.berth.driver.xml.Xml;
import java.util.Set;

/**
 * Replaces a machine type that means another machine on each host ({@code pc}, {@code q35}) by the version that the
 * host gives it now, so that the definition says what the guest has.
 */
public final class PinMachine implements DomainTransformation {
    @Override
    public String name() {
        return "pin-machine";
    }

    @Override
    public Set<Phase> phases() {
        return Set.of(Phase.DEPLOY);
    }

    @Override
    public DomainXml apply(DomainXml domain, Phase phase, HostFacts facts) {
        return domain.edited(root -> Platform.of(root)
                .flatMap(platform -> platform.capabilities(facts))
                .flatMap(capabilities -> Xml.text(capabilities, "machine"))
                .ifPresent(machine -> Xml.at(root, "os", "type").getFirst().setAttribute("machine", machine)));
    }
}
