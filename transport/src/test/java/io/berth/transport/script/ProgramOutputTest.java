package io.berth.transport.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Cancellation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A script reads what a program writes meanwhile. */
@Timeout(60)
class ProgramOutputTest {
    @Test
    void aScriptReadsAllThatAProgramWritesAndBothHaveTheSameDigestOfIt() {
        var output = program("head -c 3000001 /dev/urandom");

        var result = run("sha256sum | cut -c -64; cat", output);

        assertThat(output.digest()).contains(result.output().strip());
    }

    /** The script can't tell it from one that succeeded. */
    @Test
    void aProgramThatFailsHasNoDigestThoughTheScriptSucceeds() {
        var output = program("printf half; echo 'no more' >&2; exit 3");

        var result = run("cat", output);

        assertThat(result).isEqualTo(new ScriptResult(new ScriptEnding.Exited(0), "half", ""));
        assertThat(output.digest()).isEmpty();
        assertThat(output.complaint()).isEqualTo("no more\n");
    }

    @Test
    void aProgramThatIsMissingIsTheEndOfTheInput() {
        var output = new ProgramOutput(List.of("/nowhere/tar"));

        assertThat(run("cat", output).succeeded()).isTrue();
        assertThat(output.digest()).isEmpty();
        assertThat(output.complaint()).contains("/nowhere/tar");
    }

    @Test
    void aScriptThatReadsNoMoreIsNotWaitedForByItsProgram() {
        var output = program("exec cat /dev/zero");

        assertThat(run("exit 4", output).ending()).isEqualTo(new ScriptEnding.Exited(4));
        assertThat(output.digest()).isEmpty();
    }

    private static ProgramOutput program(String script) {
        return new ProgramOutput(List.of("/bin/sh", "-c", script));
    }

    private static ScriptResult run(String script, ScriptInput input) {
        return new ThisMachine(ScriptLimits.none())
                .run(new ScriptCall("/bin/sh", List.of("-c", script), input, Optional.empty()), Cancellation.never());
    }
}
