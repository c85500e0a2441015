package io.berth.opennebula.oned;

import io.berth.driver.xml.Xml;
import io.berth.opennebula.message.UuidText;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Element;

/** Reads what stands in the core's descriptions. */
final class Fields {
    private Fields() {}

    /** Empty when there is none: the core leaves out what it has nothing to say about. */
    static String text(Element element, String... path) {
        return Xml.text(element, path).orElse("");
    }

    /** Empty when there is none, or something else: the core keeps whatever a driver has said. */
    static Optional<UUID> uuid(Element element, String... path) {
        return UuidText.parse(text(element, path));
    }

    /** @throws UnexpectedShape when there is none, or no number */
    static int number(Element element, String... path) {
        var text = text(element, path);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notOne) {
            throw new UnexpectedShape("in " + element.getTagName() + " " + String.join("/", path) + " is no number");
        }
    }
}
