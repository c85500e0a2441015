package io.berth.opennebula.oned;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.xml.Xml;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What the core answered: whether it did as told, a text, and a number for what went wrong.
 *
 * @param text the result, or the error
 * @param code 0, or a kind of error as in the list of OpenNebula's XML-RPC reference
 */
record OnedAnswer(boolean success, String text, int code) {
    private static final int REFUSED = 0x0100 | 0x0200;
    private static final int NO_SUCH = 0x0400;
    private static final int WRONG_STATE = 0x0800;

    /** @throws Failure {@code oned.garbled}, {@code oned.fault} */
    static OnedAnswer read(OnedCall call, byte[] bytes) {
        var root = document(call, bytes);
        if (!root.getTagName().equals("methodResponse")) {
            throw garbled(call, "it is no methodResponse");
        }
        Xml.child(root, "fault").ifPresent(fault -> {
            throw fault(call, fault);
        });
        var values = Xml.at(root, "params", "param", "value", "array", "data", "value").stream()
                .map(OnedAnswer::text)
                .toList();
        if (values.size() < 2) {
            throw garbled(call, "it isn't the list that the core answers with");
        }
        return new OnedAnswer(values.get(0).equals("1"), values.get(1), code(values));
    }

    private static Element document(OnedCall call, byte[] bytes) {
        try {
            return Xml.parse(bytes).getDocumentElement();
        } catch (Failure unreadable) {
            throw garbled(call, unreadable.why());
        }
    }

    /** A value without a type is a text. */
    private static String text(Element value) {
        for (var node = value.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element typed) {
                return typed.getTextContent().strip();
            }
        }
        return ((Node) value).getTextContent().strip();
    }

    private static int code(List<String> values) {
        return Optional.of(values)
                .filter(all -> all.size() > 2 && all.get(2).matches("[0-9]{1,9}"))
                .map(all -> Integer.parseInt(all.get(2)))
                .orElse(0);
    }

    private static Failure garbled(OnedCall call, String why) {
        return OnedFailures.withoutOutcome(call, "oned.garbled", "the answer to " + call.method() + " can't be read")
                .why(Printable.line(why))
                .build();
    }

    private static Failure fault(OnedCall call, Element fault) {
        return OnedFailures.withoutOutcome(call, "oned.fault", "the core has no answer to " + call.method())
                .why(Printable.line(fault.getTextContent().strip().replaceAll("\\s+", " ")))
                .build();
    }

    /** The text, when it did as told. */
    String orThrow(OnedSession session) {
        if (success) {
            return text;
        }
        var why = Printable.line(session.hidden(text));
        if ((code & NO_SUCH) != 0) {
            throw Failure.of(FailureKind.CALLER, "oned.no-such", "OpenNebula doesn't know it")
                    .why(why)
                    .next("'onevm list' has the VMs and their numbers")
                    .build();
        }
        if ((code & WRONG_STATE) != 0) {
            throw Failure.of(FailureKind.CONFLICT, "oned.wrong-state", "OpenNebula won't do it in this state")
                    .why(why)
                    .next("it has changed meanwhile: look again")
                    .build();
        }
        throw Failure.of(
                        FailureKind.ENVIRONMENT,
                        (code & REFUSED) != 0 ? "oned.refused" : "oned.error",
                        "OpenNebula refuses to answer")
                .why(why)
                .next("run it as oneadmin, or let ONE_AUTH name a file with a valid session; oned.log says more")
                .build();
    }
}
