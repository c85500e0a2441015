package io.berth.opennebula.standin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** A message of the core's. */
public final class Payload {
    private Payload() {}

    public static String encode(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    public static String decode(String payload) {
        return new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
    }

    /** The line with something changed inside its message. */
    public static String change(String request, UnaryOperator<String> change) {
        var space = request.lastIndexOf(' ');
        return request.substring(0, space + 1) + encode(change.apply(decode(request.substring(space + 1))));
    }

    /** The message as Ruby's REXML writes it, found in another way than the driver finds it. */
    public static String asStockWritesIt(String xml) {
        // No CDATA of a recording holds an empty element.
        return xml.replaceAll("<([A-Z_]+)></\\1>", "<$1/>");
    }

    /** The first element of that name in it, with its tags. */
    public static String element(String xml, String name) {
        var start = xml.indexOf("<" + name + ">");
        return start < 0 ? "" : xml.substring(start, xml.lastIndexOf("</" + name + ">") + name.length() + 3);
    }
}
