package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says which test shows what is true only as long as those tests are there. */
class BadInputPageTest {
    private static final Path ROOT = Path.of(System.getProperty("berth.root", ".."));
    private static final Path PAGE = ROOT.resolve("docs/explanation/bad-input.md");
    private static final Pattern ANNOTATION = Pattern.compile("\\n    @(Test|ParameterizedTest|TestFactory)\\b");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");

    @Test
    void everyTestThatThePageNamesIsThere() throws IOException {
        var sources = testSources();

        assertThat(rows().stream().flatMap(BadInputPageTest::tests))
                .hasSizeGreaterThan(50)
                .allSatisfy(test -> assertThat(isTest(sources.getOrDefault(test.group(1), ""), test.group(2)))
                        .as(test.group())
                        .isTrue());
    }

    @Test
    void everyLineNamesATest() throws IOException {
        assertThat(rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(tests(row)).as(row).isNotEmpty());
    }

    /** Declared in it, and between the end of the member before and its name there is an annotation that makes it a test. */
    private static boolean isTest(String source, String name) {
        var declared = Pattern.compile("\n    (default )?(void|Stream<DynamicTest>) " + name + "\\(")
                .matcher(source);
        if (!declared.find()) {
            return false;
        }
        var before = source.substring(0, declared.start());
        var member = before.substring(Math.max(0, before.lastIndexOf("\n    }\n")));
        return ANNOTATION.matcher(member).find();
    }

    private static Stream<MatchResult> tests(String row) {
        return TEST.matcher(row).results();
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| what "))
                .toList();
    }

    private static Map<String, String> testSources() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> ROOT.relativize(file).toString().contains("src/test/java/")
                            || ROOT.relativize(file).startsWith("tck"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            BadInputPageTest::read,
                            (one, other) -> one + other));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
