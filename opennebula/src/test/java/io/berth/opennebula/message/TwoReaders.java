package io.berth.opennebula.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.xml.Xml;
import java.util.List;
import java.util.stream.Stream;
import org.w3c.dom.Node;

/** Ours and the JDK's: if they didn't agree on a text, something could be shown to the one and hidden from the other. */
final class TwoReaders {
    private TwoReaders() {}

    static void assertAgree(Element ours, String xml) {
        assertAgree(ours, Xml.parse(xml).getDocumentElement());
    }

    private static void assertAgree(Element ours, org.w3c.dom.Element theirs) {
        var children = Stream.iterate(theirs.getFirstChild(), it -> it != null, Node::getNextSibling)
                .toList();
        assertThat(ours.name()).isEqualTo(theirs.getTagName());
        assertThat(withUsualLineEnds(ours.text())).isEqualTo(withUsualLineEnds(text(children)));
        var elements = children.stream()
                .filter(org.w3c.dom.Element.class::isInstance)
                .map(org.w3c.dom.Element.class::cast)
                .toList();
        assertThat(ours.children()).hasSameSizeAs(elements);
        for (var i = 0; i < elements.size(); i++) {
            assertAgree(ours.children().get(i), elements.get(i));
        }
    }

    private static String text(List<Node> children) {
        var text = new StringBuilder();
        children.stream()
                .filter(it -> it.getNodeType() == Node.TEXT_NODE || it.getNodeType() == Node.CDATA_SECTION_NODE)
                .forEach(it -> text.append(it.getTextContent()));
        return text.toString();
    }

    /** An XML reader normalises those of Windows, scripts get them as they came. */
    private static String withUsualLineEnds(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }
}
