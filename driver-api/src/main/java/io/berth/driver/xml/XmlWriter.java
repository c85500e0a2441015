package io.berth.driver.xml;

import org.w3c.dom.Attr;
import org.w3c.dom.CDATASection;
import org.w3c.dom.Comment;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.ProcessingInstruction;
import org.w3c.dom.Text;

/**
 * Writes a DOM tree. The JDK's transformer would do it too, at 200 ms for its first use, which is a fifth of what a
 * whole suspend may take.
 */
final class XmlWriter {
    private final StringBuilder out = new StringBuilder();

    private XmlWriter() {}

    static String write(Node node) {
        var writer = new XmlWriter();
        writer.node(node);
        return writer.out.toString();
    }

    private void node(Node node) {
        switch (node) {
            case Document document -> children(document);
            case Element element -> element(element);
            case CDATASection section -> text(section.getData());
            case Text text -> text(text.getData());
            case Comment comment -> out.append("<!--").append(comment.getData()).append("-->");
            case ProcessingInstruction instruction ->
                out.append("<?")
                        .append(instruction.getTarget())
                        .append(' ')
                        .append(instruction.getData())
                        .append("?>");
            default -> {
                // Doctypes and entities never come out of the parser; nothing else has a text of its own.
            }
        }
    }

    private void children(Node parent) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            node(node);
        }
    }

    private void element(Element element) {
        out.append('<').append(element.getTagName());
        var attributes = element.getAttributes();
        for (var i = 0; i < attributes.getLength(); i++) {
            var attribute = (Attr) attributes.item(i);
            out.append(' ').append(attribute.getName()).append("='");
            attribute(attribute.getValue());
            out.append('\'');
        }
        if (element.hasChildNodes()) {
            out.append('>');
            children(element);
            out.append("</").append(element.getTagName()).append('>');
        } else {
            out.append("/>");
        }
    }

    private void text(String text) {
        for (var i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                // A bare one would be read back as a line feed.
                case '\r' -> out.append("&#13;");
                default -> out.append(text.charAt(i));
            }
        }
    }

    private void attribute(String value) {
        for (var i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '\'' -> out.append("&apos;");
                // A parser turns bare white space inside attributes into blanks.
                case '\n' -> out.append("&#10;");
                case '\r' -> out.append("&#13;");
                case '\t' -> out.append("&#9;");
                default -> out.append(value.charAt(i));
            }
        }
    }
}
