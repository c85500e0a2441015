package io.berth.hypervisor.libvirt;

import io.berth.driver.xml.Xml;

/**
 * Carries along with a persistent definition that its host was to start the guest whenever it comes up: libvirt keeps
 * that beside the definition, and forgets it with it. The mark is in no definition that libvirt is given.
 */
final class AutostartMark {
    private static final String NAMESPACE = "urn:berth:autostart:1";
    private static final String NAME = "autostart";

    private AutostartMark() {}

    static String put(String definition) {
        var document = Xml.parse(definition);
        var metadata = Xml.childOrNew(document.getDocumentElement(), "metadata");
        var mark = document.createElementNS(NAMESPACE, "berth:" + NAME);
        // The tree's writer knows attributes only, so the declaration has to be one.
        mark.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:berth", NAMESPACE);
        metadata.appendChild(mark);
        return Xml.serialise(document);
    }

    static boolean isOn(String definition) {
        return Xml.at(Xml.parse(definition).getDocumentElement(), "metadata", NAME).stream()
                .anyMatch(mark -> NAMESPACE.equals(mark.getNamespaceURI()));
    }

    static String without(String definition) {
        var document = Xml.parse(definition);
        for (var mark : Xml.at(document.getDocumentElement(), "metadata", NAME)) {
            var metadata = mark.getParentNode();
            if (NAMESPACE.equals(mark.getNamespaceURI()) && metadata != null) {
                metadata.removeChild(mark);
            }
        }
        return Xml.serialise(document);
    }
}
