package io.berth.opennebula.oned;

import io.berth.driver.xml.Xml;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.w3c.dom.Element;

/**
 * A datastore as OpenNebula has it.
 *
 * @param transferDriver its TM_MAD
 * @param basePath its folder on front-end and hosts
 * @param attributes of its template, by names in capitals; passwords of storage may be among the values
 */
public record Datastore(
        int id,
        String name,
        DatastoreType type,
        String transferDriver,
        String basePath,
        Map<String, String> attributes) {
    public Datastore {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    static Datastore of(Element datastore) {
        var attributes = new TreeMap<String, String>();
        Xml.child(datastore, "TEMPLATE").ifPresent(template -> {
            for (var node = template.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element attribute) {
                    attributes.put(
                            attribute.getTagName(), attribute.getTextContent().strip());
                }
            }
        });
        return new Datastore(
                Fields.number(datastore, "ID"),
                Fields.text(datastore, "NAME"),
                DatastoreType.of(Fields.number(datastore, "TYPE")),
                Fields.text(datastore, "TM_MAD"),
                Fields.text(datastore, "BASE_PATH"),
                attributes);
    }

    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "datastore " + id;
    }
}
