package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.xml.Xml;
import java.util.Optional;
import org.w3c.dom.Element;

/** The kind of machine that a definition asks for. */
record Platform(String type, String architecture, String machine) {
    /** Empty when the definition leaves it to the host. */
    static Optional<Platform> of(Element domain) {
        var types = Xml.at(domain, "os", "type");
        if (types.isEmpty()) {
            return Optional.empty();
        }
        var type = types.getFirst();
        return Xml.attribute(type, "machine")
                .map(machine -> new Platform(
                        Xml.attribute(domain, "type").orElse("kvm"),
                        Xml.attribute(type, "arch").orElse("x86_64"),
                        machine));
    }

    Optional<Element> capabilities(HostFacts facts) {
        return facts.domainCapabilities(type, architecture, machine)
                .map(text -> Xml.parse(text).getDocumentElement());
    }
}
