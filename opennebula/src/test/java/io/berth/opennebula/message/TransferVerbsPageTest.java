package io.berth.opennebula.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the table of verbs in step with the code: {@code -Dberth.docs=write} writes it anew. */
class TransferVerbsPageTest {
    private static final Path PAGE = Path.of(System.getProperty("berth.root"), "docs/reference/opennebula-tm.md");
    private static final String BEGINS =
            "<!-- Made from the code: `bin/mvn -pl opennebula -am test -Dberth.docs=write` writes it anew. -->\n";
    private static final String ENDS = "<!-- End of what is made from the code. -->\n";

    @Test
    void theTableOfVerbsIsWhatTheCodeKnows() throws IOException {
        var page = Files.readString(PAGE);
        var begins = page.indexOf(BEGINS) + BEGINS.length();
        var written = page.substring(0, begins) + table() + page.substring(page.indexOf(ENDS));

        if ("write".equals(System.getProperty("berth.docs"))) {
            Files.writeString(PAGE, written);
        }
        assertThat(written).isEqualTo(Files.readString(PAGE));
    }

    private static String table() {
        return Stream.of(TransferVerb.values())
                .map(verb -> "| `" + verb + "` | `" + String.join(" ", verb.words()) + "` |\n")
                .collect(Collectors.joining("", "\n| verb | arguments |\n|---|---|\n", "\n"));
    }
}
