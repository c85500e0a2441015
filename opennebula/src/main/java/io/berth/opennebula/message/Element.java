package io.berth.opennebula.message;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element with the text it stands in the message as. Scripts get parts of the message, and get them as the stock
 * driver hands them on: character for character, but for an empty element, which is always {@code <NAME/>}. Immutable.
 */
public final class Element {
    private final String name;
    private final List<Element> children;
    private final String text;
    private final CharSequence whole;
    private final int start;
    private final int end;

    /** @param whole a text that isn't changed before {@code end} any more; shared, or a deep message would grow by its depth */
    Element(String name, List<Element> children, String text, CharSequence whole, int start, int end) {
        this.name = name;
        this.children = List.copyOf(children);
        this.text = text;
        this.whole = whole;
        this.start = start;
        this.end = end;
    }

    /** A new element around others. */
    static Element around(String name, List<Element> children) {
        var inside = new StringBuilder();
        children.forEach(child -> inside.append(child.source()));
        var source = "<" + name + (inside.isEmpty() ? "/>" : ">" + inside + "</" + name + ">");
        return new Element(name, children, "", source, 0, source.length());
    }

    public String name() {
        return name;
    }

    public List<Element> children() {
        return children;
    }

    /** What stands directly inside it, CDATA or not, entities resolved. */
    public String text() {
        return text;
    }

    /** The element itself, as text. */
    public String source() {
        return whole.subSequence(start, end).toString();
    }

    public Stream<Element> children(String wanted) {
        return children.stream().filter(child -> child.name().equals(wanted));
    }

    /** The elements that the path leads to: {@code VM/TEMPLATE/DISK[ATTACH='YES']/TARGET}. */
    public Stream<Element> at(ElementPath path) {
        var found = Stream.of(this);
        for (var part : path.parts()) {
            found = found.flatMap(element -> element.children(part.name())).filter(part::matches);
        }
        return found;
    }

    /** The stripped text of the first element there; empty if there is none, or no text in it. */
    public Optional<String> text(ElementPath path) {
        return at(path).map(element -> element.text().strip()).findFirst().filter(found -> !found.isEmpty());
    }

    @Override
    public String toString() {
        // The whole of it holds passwords of datastores.
        return "<" + name + ">";
    }
}
