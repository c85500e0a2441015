package io.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class MainTest {

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

    private int run(String... arguments) {
        return Main.run(new PrintStream(output, true, UTF_8), new PrintStream(errors, true, UTF_8), arguments);
    }
}
