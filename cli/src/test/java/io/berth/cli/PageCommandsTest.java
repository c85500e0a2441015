package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of Berth's that a page tells to type is one, with options that it has; what can be typed is typed in the lab. */
class PageCommandsTest {
    private static final Path DOCS = Path.of(System.getProperty("berth.root"), "docs");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ (?:[A-Z_]+=\\S+ )*berth ([^\\n]*)$");
    private static final Pattern REST_OF_A_SHELLS_LINE = Pattern.compile("(?:^| )[#&|<>].*");

    static List<String> commands() throws IOException {
        try (var pages = Files.walk(DOCS)) {
            var commands = pages.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .flatMap(PageCommandsTest::commands)
                    .distinct()
                    .toList();
            assertThat(commands).anyMatch(it -> it.startsWith("checkpoint adopt "));
            return commands;
        }
    }

    private static Stream<String> commands(Path page) {
        try {
            return COMMAND.matcher(Files.readString(page).replace("\\\n", " "))
                    .results()
                    .map(match -> REST_OF_A_SHELLS_LINE
                            .matcher(match.group(1))
                            .replaceAll("")
                            .strip());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itIsACommandWithTheseOptions(String command) {
        var words = command.split(" +");

        assertThatCode(() -> CommandTree.build(List.of(words)).parseArgs(MadVerbs.shielded(words)))
                .doesNotThrowAnyException();
    }
}
