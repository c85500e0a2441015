package io.berth.hypervisor.libvirt;

import io.berth.driver.OperationId;
import io.berth.driver.xml.Xml;

/**
 * Writes into a guest's metadata which operation restored it. A guest that stands paused and restored may come from
 * another image than the one at hand, and nothing else tells them apart: taking it for one's own would bring back a
 * guest of another time (seen while this was written).
 */
final class RestoreMark {
    private static final String NAMESPACE = "urn:berth:restore:1";
    private static final String NAME = "restored";

    private RestoreMark() {}

    /** The definition with the mark, in place of an earlier one. */
    static String put(String definition, OperationId operation) {
        var document = Xml.parse(definition);
        var metadata = Xml.childOrNew(document.getDocumentElement(), "metadata");
        for (var old : Xml.children(metadata, NAME)) {
            if (NAMESPACE.equals(old.getNamespaceURI())) {
                metadata.removeChild(old);
            }
        }
        var mark = document.createElementNS(NAMESPACE, "berth:" + NAME);
        // The tree's writer knows attributes only, so the declaration has to be one.
        mark.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:berth", NAMESPACE);
        mark.setAttribute("operation", operation.id());
        metadata.appendChild(mark);
        return Xml.serialise(document);
    }

    static boolean isOn(String definition, OperationId operation) {
        return Xml.at(Xml.parse(definition).getDocumentElement(), "metadata", NAME).stream()
                .anyMatch(mark -> NAMESPACE.equals(mark.getNamespaceURI())
                        && mark.getAttribute("operation").equals(operation.id()));
    }
}
