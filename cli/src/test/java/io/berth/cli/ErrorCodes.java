package io.berth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the codes of failures in the sources. */
final class ErrorCodes {
    private static final String FORM = "\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*\\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\"";
    private static final Pattern CODE = Pattern.compile(FORM);
    private static final Pattern WITH_KIND = Pattern.compile("(?:FailureKind\\.)([A-Z_]+),\\s*" + FORM);
    private static final List<String> WITHOUT_FAILURES =
            List.of("lab", "bench", "simulator", "tck", "architecture", "examples");
    /** Look like codes and aren't. */
    private static final Pattern NOT_CODES = Pattern.compile(
            ".*\\.(db|log|yaml|yml|md|jar|so|c|h|new|img|record|txt|conf|xml|sock|lock|sh)|(berth|user|java|os|sqlite|org|picocli|line|file)\\..*");

    private ErrorCodes() {}

    /**
     * @param kinds as the sources name them beside the code; empty when they are given elsewhere
     * @param modules whose sources have it
     */
    record Found(TreeSet<String> kinds, TreeSet<String> modules) {}

    static Map<String, Found> inSources(Path root) throws IOException {
        var codes = new TreeMap<String, Found>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(ErrorCodes::isSource)
                    .filter(file -> WITHOUT_FAILURES.stream().noneMatch(root.relativize(file)::startsWith))
                    .forEach(file -> collect(root.relativize(file), root, codes));
        }
        return codes;
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java") && file.toString().contains("/src/main/java/");
    }

    private static void collect(Path file, Path root, Map<String, Found> codes) {
        try {
            var source = Files.readString(root.resolve(file));
            var module = file.toString().substring(0, file.toString().indexOf("/src/"));
            if (!source.contains("Failure")) {
                return;
            }
            CODE.matcher(source)
                    .results()
                    .map(match -> match.group(1))
                    .filter(code -> !NOT_CODES.matcher(code).matches() || isSurely(code, source))
                    .forEach(code -> found(codes, code).modules().add(module));
            WITH_KIND
                    .matcher(source)
                    .results()
                    .forEach(match -> found(codes, match.group(2)).kinds().add(match.group(1)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Found found(Map<String, Found> codes, String code) {
        return codes.computeIfAbsent(code, c -> new Found(new TreeSet<>(), new TreeSet<>()));
    }

    private static boolean isSurely(String code, String source) {
        return WITH_KIND
                .matcher(source)
                .results()
                .anyMatch(match -> match.group(2).equals(code));
    }

    static String page(Map<String, Found> codes) {
        var page =
                new StringBuilder("# Error codes\n\n").append(ReferencePage.HOW).append("""


                Every failure has a stable code; scripts may depend on it. The message says what happened, why, and what to do
                next. The kind decides the exit code ([exit-codes.md](exit-codes.md)).

                | code | kind | comes from |
                |---|---|---|
                """);
        codes.forEach((code, found) -> page.append("| `%s` | %s | %s |\n"
                .formatted(
                        code,
                        found.kinds().isEmpty()
                                ? "-"
                                : String.join(", ", found.kinds())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '),
                        String.join(", ", found.modules()))));
        return page.toString();
    }
}
