package io.berth.opennebula.message;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.xml.Xml;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes XML apart without losing its spelling. Only what {@link Xml} has accepted gets here: well-formed, not too deep,
 * without DOCTYPE, so without entities of its own.
 */
final class ElementReader {
    private final String text;
    private final StringBuilder spelled = new StringBuilder();
    private int at;

    private ElementReader(String text) {
        this.text = text;
    }

    /** @throws Failure {@code xml.malformed}, {@code xml.too-large} */
    static Element read(String text) {
        Xml.parse(text);
        var reader = new ElementReader(text);
        reader.skipTo("<");
        while (reader.is("<?") || reader.is("<!--")) {
            reader.passMarkup();
            reader.skipTo("<");
        }
        return reader.element();
    }

    /** From the start tag's bracket to behind the end tag. */
    private Element element() {
        var start = spelled.length();
        var from = at;
        at = endOfTag();
        var empty = text.charAt(at - 2) == '/';
        var inside = text.substring(from + 1, at - (empty ? 2 : 1)).strip();
        var name = inside.split("\\s", 2)[0];
        spelled.append('<').append(inside).append('>');
        var open = spelled.length();
        var children = new ArrayList<Element>();
        var characters = new StringBuilder();
        if (!empty) {
            while (!is("</")) {
                content(children, characters);
            }
            at = endOfTag();
        }
        if (spelled.length() == open) {
            spelled.insert(open - 1, '/');
        } else {
            spelled.append("</").append(name).append('>');
        }
        return new Element(name, children, characters.toString(), spelled, start, spelled.length());
    }

    private void content(List<Element> children, StringBuilder characters) {
        var start = at;
        if (is("<![CDATA[")) {
            skipBehind("]]>");
            characters.append(text, start + "<![CDATA[".length(), at - "]]>".length());
            spelled.append(text, start, at);
        } else if (is("<?") || is("<!--")) {
            passMarkup();
            spelled.append(text, start, at);
        } else if (is("<")) {
            children.add(element());
        } else {
            skipTo("<");
            characters.append(Entities.resolve(text.substring(start, at)));
            spelled.append(text, start, at);
        }
    }

    private void passMarkup() {
        skipBehind(is("<?") ? "?>" : "-->");
    }

    /** Behind the bracket that ends the tag here; brackets may stand in the values of attributes. */
    private int endOfTag() {
        var quote = '\0';
        for (var i = at; i < text.length(); i++) {
            var character = text.charAt(i);
            if (quote != '\0') {
                quote = character == quote ? '\0' : quote;
            } else if (character == '"' || character == '\'') {
                quote = character;
            } else if (character == '>') {
                return i + 1;
            }
        }
        throw broken();
    }

    private boolean is(String markup) {
        return text.startsWith(markup, at);
    }

    private void skipTo(String markup) {
        var found = text.indexOf(markup, at);
        if (found < 0) {
            throw broken();
        }
        at = found;
    }

    private void skipBehind(String markup) {
        skipTo(markup);
        at += markup.length();
    }

    private static Failure broken() {
        return Failure.of(FailureKind.BUG, "message.spelling", "XML that was accepted can't be taken apart")
                .why("the two readers of it don't agree")
                .next("please report it")
                .build();
    }
}
