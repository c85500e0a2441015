package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {
    private static final Path ROOT = Path.of(System.getProperty("berth.root", ".."));
    private static final Path PAGES = ROOT.resolve("docs/reference");

    @Test
    void thePageOfTheCommandLineSaysWhatTheCodeDoes() throws IOException {
        assertUpToDate("cli.md", ReferencePage.text());
    }

    @Test
    void thePageOfExitCodesSaysWhatTheCodeDoes() throws IOException {
        assertUpToDate("exit-codes.md", ReferencePage.exitCodes());
    }

    @Test
    void everyErrorCodeInTheSourcesIsOnThePageAndViceVersa() throws IOException {
        assertUpToDate("errors.md", ErrorCodes.page(ErrorCodes.inSources(ROOT)));
    }

    @Test
    void exitCodesAreDifferentAndFitAProcess() {
        var seen = new HashSet<Integer>();

        assertThat(ExitCode.values()).allSatisfy(code -> {
            assertThat(seen.add(code.number())).isTrue();
            assertThat(code.number()).isBetween(0, 125);
            assertThat(code.meaning()).isNotEmpty();
        });
    }

    @Test
    void everyOptionHasAMeaning() {
        var verbs = Stream.concat(
                CommandTree.nouns().stream().flatMap(noun -> noun.verbs().stream()), CommandTree.verbs().stream());

        assertThat(verbs.flatMap(verb -> verb.options().stream()))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(String.join("", option.description()))
                        .as(option.longestName())
                        .endsWith("."));
    }

    private static void assertUpToDate(String name, String text) throws IOException {
        var page = PAGES.resolve(name);
        if ("write".equals(System.getProperty("berth.docs"))) {
            Files.createDirectories(PAGES);
            Files.writeString(page, text);
        }

        assertThat(page)
                .as("write it anew with bin/mvn -pl cli -am test -Dberth.docs=write")
                .hasContent(text);
    }
}
