package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RestPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("berth.root", "..")).resolve("docs/reference/rest.md");

    @Test
    void thePageSaysWhatTheDescriptionSays() throws IOException {
        if ("write".equals(System.getProperty("berth.docs"))) {
            Files.writeString(PAGE, RestPage.text());
        }

        assertThat(PAGE)
                .as("write it anew with bin/mvn -pl server -am test -Dberth.docs=write")
                .hasContent(RestPage.text());
    }
}
