package io.berth.driver.xml;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads and writes XML that may come from an enemy: no DOCTYPE (so neither entities nor anything external), at most
 * 4 MiB and 128 levels deep. Names are namespace aware. Thread-safe; the documents it returns are not.
 */
public final class Xml {
    /** Largest text accepted, in bytes of UTF-8. A domain with a thousand disks stays well below. */
    public static final int LONGEST = 4 << 20;

    /** Deepest nesting accepted; libvirt's own documents stay below 30. */
    public static final int DEEPEST = 128;

    /** The other one there is has other blanks and line ends, which nobody expects. */
    private static final String VERSION = "1.0";

    private Xml() {}

    /** @throws Failure {@code xml.malformed}, {@code xml.too-large} (both ENVIRONMENT: what sent it is broken) */
    public static Document parse(String text) {
        // Before encoding it: a hostile text should cost no more than its length.
        if (text.length() > LONGEST) {
            throw tooLarge("it has more than " + LONGEST + " characters");
        }
        // The declared encoding is of the bytes the text once was; the text itself has none any more.
        return parse(text.getBytes(StandardCharsets.UTF_8), Optional.of(StandardCharsets.UTF_8));
    }

    /** @throws Failure as {@link #parse(String)} */
    public static Document parse(byte[] bytes) {
        return parse(bytes, Optional.empty());
    }

    /** @param encoding whatever the bytes themselves say */
    private static Document parse(byte[] bytes, Optional<Charset> encoding) {
        if (bytes.length > LONGEST) {
            throw tooLarge("it has " + bytes.length + " bytes, at most " + LONGEST + " are read");
        }
        try {
            var source = new InputSource(new ByteArrayInputStream(bytes));
            encoding.ifPresent(it -> source.setEncoding(it.name()));
            var document = builder().parse(source);
            if (!document.getXmlVersion().equals(VERSION)) {
                throw malformed(new SAXException("it is XML " + document.getXmlVersion()));
            }
            return document;
        } catch (SAXException | IOException problem) {
            // Nothing external is read: an IOException is bytes that aren't in the encoding they claim.
            var limit = String.valueOf(problem.getMessage()).startsWith("JAXP0001");
            throw limit ? tooLarge("it is nested too deep or has too many attributes") : malformed(problem);
        }
    }

    /** The node as text, without a declaration; what {@link #parse} read comes out with the same meaning. */
    public static String serialise(Node node) {
        return XmlWriter.write(node);
    }

    /** The child elements of that name, in order. */
    public static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }

    /** The first child element of that name. */
    public static Optional<Element> child(Element parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    /** All elements that the names lead to, one level each: {@code at(domain, "devices", "disk")}. */
    public static List<Element> at(Element root, String... names) {
        var found = List.of(root);
        for (var name : names) {
            found = found.stream().flatMap(one -> children(one, name).stream()).toList();
        }
        return found;
    }

    /** The text inside the first element that the names lead to, without space around it. */
    public static Optional<String> text(Element root, String... names) {
        return at(root, names).stream()
                .findFirst()
                .map(one -> one.getTextContent().strip());
    }

    /** The attribute's value; an absent one is empty, an attribute that is there and empty is not. */
    public static Optional<String> attribute(Element element, String name) {
        return element.hasAttribute(name) ? Optional.of(element.getAttribute(name)) : Optional.empty();
    }

    /** The first child of that name, made if there is none. */
    public static Element childOrNew(Element parent, String name) {
        return child(parent, name).orElseGet(() -> {
            var made = parent.getOwnerDocument().createElementNS(parent.getNamespaceURI(), name);
            parent.appendChild(made);
            return made;
        });
    }

    private static DocumentBuilder builder() {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            // Of this factory alone: the system properties of the same name could be changed by any library.
            factory.setAttribute("jdk.xml.maxElementDepth", String.valueOf(DEEPEST));
            factory.setAttribute("jdk.xml.elementAttributeLimit", "256");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder;
        } catch (ParserConfigurationException problem) {
            throw Failure.of(FailureKind.BUG, "xml.no-parser", "this Java has no XML parser that can be made safe")
                    .next("run Berth with the Java it came with")
                    .cause(problem)
                    .build();
        }
    }

    private static Failure malformed(Exception problem) {
        var message = String.valueOf(problem.getMessage());
        return Failure.of(FailureKind.ENVIRONMENT, "xml.malformed", "the XML can't be read")
                .why((problem instanceof SAXParseException at ? "line " + at.getLineNumber() + ": " : "")
                        + Printable.line(message))
                .next("look at what produced it")
                .cause(problem)
                .build();
    }

    private static Failure tooLarge(String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "xml.too-large", "the XML is too large to be a guest's")
                .why(why)
                .next("look at what produced it")
                .build();
    }

    /** Nothing is printed and nothing is passed over. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException problem) throws SAXException {
            throw problem;
        }

        @Override
        public void error(SAXParseException problem) throws SAXException {
            throw problem;
        }

        @Override
        public void fatalError(SAXParseException problem) throws SAXException {
            throw problem;
        }
    }
}
