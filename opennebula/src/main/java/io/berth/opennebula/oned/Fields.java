package io.berth.opennebula.oned;

import io.berth.driver.xml.Xml;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** Reads what stands in the core's descriptions. */
final class Fields {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Fields() {}

    /** Empty when there is none: the core leaves out what it has nothing to say about. */
    static String text(Element element, String... path) {
        return Xml.text(element, path).orElse("");
    }

    /** Empty when there is none, or something else: the core keeps whatever a driver has said. */
    static Optional<UUID> uuid(Element element, String... path) {
        var text = text(element, path).strip();
        return UUID_FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
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
