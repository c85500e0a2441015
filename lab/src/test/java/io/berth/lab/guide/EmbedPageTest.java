package io.berth.lab.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example that the page shows is the one that is built and run. */
class EmbedPageTest {
    private static final Path ROOT =
            Path.of(System.getProperty("berth.root", "..")).toAbsolutePath().normalize();
    private static final Path PROJECT = ROOT.resolve("examples/embed");

    @Test
    void itsCodeIsTheProjectsCode() throws IOException {
        assertThat(stripped(Files.readAllLines(PROJECT.resolve("src/main/java/example/Nap.java"))))
                .containsAll(shown("java"));
    }

    @Test
    void itsDependencyIsTheProjectsDependency() throws IOException {
        assertThat(stripped(Files.readAllLines(PROJECT.resolve("pom.xml")))).containsSequence(shown("xml"));
    }

    private static List<String> shown(String kind) throws IOException {
        var lines = Files.readAllLines(ROOT.resolve("docs/how-to/embed.md"));
        var shown = new ArrayList<String>();
        for (var index = lines.indexOf("```" + kind) + 1; !lines.get(index).equals("```"); index++) {
            shown.add(lines.get(index));
        }
        assertThat(shown).hasSizeGreaterThan(3);
        // Where the page leaves a refusal out, its block ends at once.
        return stripped(shown).stream().filter(line -> !line.equals("}")).toList();
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip).toList();
    }
}
