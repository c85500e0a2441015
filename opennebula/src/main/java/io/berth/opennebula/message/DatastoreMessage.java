package io.berth.opennebula.message;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the core sends with a request for a datastore's driver.
 *
 * @param transferDriver its TM_MAD
 * @param attributes of its template, by names in capitals; passwords of storage may be among the values
 */
public record DatastoreMessage(int id, String transferDriver, Map<String, String> attributes) {
    private static final String ROOT = "DS_DRIVER_ACTION_DATA";
    private static final ElementPath ID = ElementPath.of("DATASTORE/ID");
    private static final ElementPath DRIVER = ElementPath.of("DATASTORE/TM_MAD");
    private static final ElementPath TEMPLATE = ElementPath.of("DATASTORE/TEMPLATE");

    public DatastoreMessage {
        attributes = Map.copyOf(attributes);
    }

    /**
     * @param payload base64
     * @throws Failure {@code message.not-base64}, {@code message.not-utf8}, {@code message.no-datastore}, {@code xml.*}
     */
    public static DatastoreMessage parse(String payload) {
        var root = ElementReader.read(DriverMessage.text(payload));
        return Optional.of(root)
                .filter(it -> it.name().equals(ROOT))
                .flatMap(it -> it.text(ID))
                .filter(id -> id.matches("\\d{1,9}"))
                .map(id -> new DatastoreMessage(
                        Integer.parseInt(id), root.text(DRIVER).orElse(""), attributes(root)))
                .orElseThrow(
                        () -> Failure.of(FailureKind.CALLER, "message.no-datastore", "the core's message can't be used")
                                .why("it describes no datastore")
                                .next("let OpenNebula's datastore driver call it, with the description of a datastore")
                                .build());
    }

    private static Map<String, String> attributes(Element root) {
        return root.at(TEMPLATE)
                .flatMap(template -> template.children().stream())
                .collect(Collectors.toMap(
                        Element::name, element -> element.text().strip(), (first, _) -> first));
    }

    /** Empty also where nothing stands in it. */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "message about datastore " + id;
    }
}
