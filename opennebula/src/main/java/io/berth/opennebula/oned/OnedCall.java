package io.berth.opennebula.oned;

import io.berth.driver.xml.Xml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.w3c.dom.Element;

/**
 * One call of a method.
 *
 * @param changes whether it changes something: without an answer nobody knows then whether it did
 * @param arguments behind the session
 */
record OnedCall(String method, boolean changes, List<Argument> arguments) {
    OnedCall {
        arguments = List.copyOf(arguments);
    }

    static OnedCall reading(String method, Argument... arguments) {
        return new OnedCall(method, false, List.of(arguments));
    }

    static OnedCall changing(String method, Argument... arguments) {
        return new OnedCall(method, true, List.of(arguments));
    }

    /** What goes over the wire. Not to be logged: the session is in it. */
    byte[] request(OnedSession session) {
        var call = Xml.parse("<methodCall/>").getDocumentElement();
        appended(call, "methodName").setTextContent(method);
        var params = appended(call, "params");
        append(params, new Argument.Text(session.secret()));
        arguments.forEach(argument -> append(params, argument));
        return Xml.serialise(call).getBytes(StandardCharsets.UTF_8);
    }

    private static void append(Element params, Argument argument) {
        var value = appended(appended(params, "param"), "value");
        appended(value, argument.type()).setTextContent(argument.value());
    }

    private static Element appended(Element parent, String name) {
        var made = parent.getOwnerDocument().createElementNS(null, name);
        parent.appendChild(made);
        return made;
    }
}
