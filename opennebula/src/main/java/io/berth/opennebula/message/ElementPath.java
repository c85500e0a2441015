package io.berth.opennebula.message;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where something stands in a message.
 *
 * @param text as people write it, and as the core's users see it when it is missing
 * @param parts one a level
 */
public record ElementPath(String text, List<Part> parts) {
    private static final Pattern PART = Pattern.compile("([A-Z_]+)(?:\\[([A-Z_]+)='([^']*)'])?");

    public ElementPath {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException if it isn't a path */
    public static ElementPath of(String text) {
        return new ElementPath(text, Stream.of(text.split("/")).map(Part::of).toList());
    }

    /**
     * One level.
     *
     * @param condition only elements with such a child count
     */
    public record Part(String name, Optional<Condition> condition) {
        private static Part of(String text) {
            var match = PART.matcher(text);
            if (!match.matches()) {
                throw new IllegalArgumentException("not a part of a path: " + text);
            }
            return new Part(
                    match.group(1),
                    Optional.ofNullable(match.group(2)).map(child -> new Condition(child, match.group(3))));
        }

        boolean matches(Element element) {
            return condition.isEmpty()
                    || element.children(condition.get().child())
                            .anyMatch(
                                    child -> child.text().equals(condition.get().text()));
        }
    }

    /** A child element with that text. */
    public record Condition(String child, String text) {}
}
