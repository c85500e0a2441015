package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.hypervisor.Phase;
import io.berth.driver.xml.Xml;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Replaces {@code host-model} by the model and features that the host makes of it now, so that a host that the guest
 * comes to later can be compared with something. Host passthrough stays: its owner asked for just that.
 */
public final class PinCpu implements DomainTransformation {
    @Override
    public String name() {
        return "pin-cpu";
    }

    @Override
    public Set<Phase> phases() {
        return Set.of(Phase.DEPLOY);
    }

    @Override
    public DomainXml apply(DomainXml domain, Phase phase, HostFacts facts) {
        return domain.edited(root -> Xml.child(root, "cpu")
                .filter(cpu -> cpu.getAttribute("mode").equals("host-model"))
                .ifPresent(cpu -> Platform.of(root)
                        .flatMap(platform -> platform.capabilities(facts))
                        .flatMap(PinCpu::hostModel)
                        .ifPresent(model -> pin(cpu, model))));
    }

    private static Optional<Element> hostModel(Element capabilities) {
        return Xml.at(capabilities, "cpu", "mode").stream()
                .filter(mode -> mode.getAttribute("name").equals("host-model")
                        && mode.getAttribute("supported").equals("yes")
                        && Xml.child(mode, "model").isPresent())
                .findFirst();
    }

    private static void pin(Element cpu, Element hostModel) {
        var ownFeatures = Xml.children(cpu, "feature");
        for (var name : List.of("model", "vendor")) {
            Xml.children(cpu, name).forEach(cpu::removeChild);
        }
        cpu.setAttribute("mode", "custom");
        cpu.setAttribute("match", "exact");
        var document = cpu.getOwnerDocument();
        // The owner's own features come last and win: libvirt wants each named once.
        for (var name : List.of("model", "vendor", "feature")) {
            for (var part : Xml.children(hostModel, name)) {
                var isOwn = ownFeatures.stream()
                        .anyMatch(own -> name.equals("feature")
                                && own.getAttribute("name").equals(part.getAttribute("name")));
                if (!isOwn) {
                    cpu.appendChild(document.importNode(part, true));
                }
            }
        }
        ownFeatures.forEach(cpu::appendChild);
    }
}
