package io.berth.opennebula.shared;

import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.message.Element;
import io.berth.opennebula.message.ElementPath;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one datastore that is described in a message to the VM driver: the one that the VM was on. */
public record MessageDatastore(DriverMessage message) implements Datastores {
    private static final ElementPath ID = ElementPath.of("ID");

    @Override
    public Optional<Map<String, String>> attributes(int datastore) {
        return message.datastore()
                .filter(it ->
                        it.text(ID).filter(Integer.toString(datastore)::equals).isPresent())
                .flatMap(it -> it.children("TEMPLATE").findFirst())
                .map(template -> template.children().stream()
                        .collect(Collectors.toMap(Element::name, Element::text, (first, _) -> first)));
    }
}
