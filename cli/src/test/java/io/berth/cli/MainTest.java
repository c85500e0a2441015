package io.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void helpGoesToStandardOutputAndSucceeds() {
        assertThat(run("--help")).isZero();

        assertThat(output.toString(UTF_8)).startsWith("Usage: berth");
        assertThat(errors.toString(UTF_8)).isEmpty();
    }

    @Test
    void anUnknownCommandSaysWhatToDoNextAndLeavesStandardOutputEmpty() {
        assertThat(run("no-such-command")).isEqualTo(2);

        assertThat(output.toString(UTF_8)).isEmpty();
        assertThat(errors.toString(UTF_8)).contains("berth --help");
    }

    @Test
    void theRealEngineListsNothingInAnEmptyHomeAndKeepsAllItsFilesThere() throws Exception {
        assertThat(run("--home", home.toString(), "host", "list")).isZero();

        assertThat(output.toString(UTF_8)).isEqualTo("NAME ADDRESS HYPERVISOR\n");
        try (var files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString())).contains("journal.db");
        }
    }

    @Test
    void theRealEngineSaysWhatToWriteWhenADatastoreIsMissing() {
        assertThat(run("--home", home.toString(), "vm", "suspend", "web")).isEqualTo(2);

        assertThat(errors.toString(UTF_8))
                .contains("datastore.none", home + "/berth.yaml", "driver: loop", "folder: /srv/berth");
    }

    @Test
    void aBadConfigurationIsRefusedWithFileAndLine() throws Exception {
        Files.writeString(home.resolve("berth.yaml"), "ssh:\n  connect-timeout: 5 minutes\n");

        assertThat(run("--home", home.toString(), "host", "list")).isEqualTo(2);

        assertThat(errors.toString(UTF_8)).contains("berth.yaml, line 2", "ssh.connect-timeout", "from 1s to 5m");
    }

    private int run(String... arguments) {
        return Main.run(new PrintStream(output, true, UTF_8), new PrintStream(errors, true, UTF_8), arguments);
    }
}
