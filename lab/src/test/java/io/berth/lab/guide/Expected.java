package io.berth.lab.guide;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Output as a page shows it: columns may be wider, and {@code ...} stands for anything. */
final class Expected {
    private static final String ANYTHING = "...";

    private Expected() {}

    /** The first line shown that the output doesn't have, after those before it. */
    static Optional<String> missing(List<String> shown, String output) {
        var lines = output.lines().iterator();
        for (var line : shown) {
            if (line.isBlank() || line.strip().equals(ANYTHING)) {
                continue;
            }
            var pattern = pattern(line);
            var found = false;
            while (!found && lines.hasNext()) {
                found = pattern.matcher(squeezed(lines.next())).matches();
            }
            if (!found) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(Stream.of(squeezed(line).split(" ?" + Pattern.quote(ANYTHING) + " ?", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }

    private static String squeezed(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }
}
