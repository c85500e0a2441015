package io.berth.engine.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("berth.root", ".."), "docs", "reference", "configuration.md");

    @Test
    void theReferencePageSaysWhatTheCodeDoes() throws IOException {
        if ("write".equals(System.getProperty("berth.docs"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, ConfigurationPage.text());
        }

        assertThat(PAGE)
                .as("write it anew with bin/mvn -pl engine -am test -Dberth.docs=write")
                .hasContent(ConfigurationPage.text());
    }

    @Test
    void everyKeyIsOnThePage() {
        assertThat(ConfigurationPage.text())
                .contains("`default-datastore`", "`folder`", "`connect-timeout`", "`remote-path`", "`transformations`")
                .contains("a time with unit ms, s, m or h, from 1s to 5m");
    }
}
