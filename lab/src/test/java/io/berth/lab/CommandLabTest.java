package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built command as people start it: {@code target/dist/bin/berth}, in a process of its own. */
class CommandLabTest {
    private static final Path BERTH = Path.of(System.getProperty("berth.root"), "target", "dist", "bin", "berth");
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path home;

    /** How it ended, and everything it printed. */
    private record Ended(int code, String output) {}

    @Test
    void theCommandStartsWithTheCacheItWasBuiltWith() throws Exception {
        assertThat(BERTH.resolveSibling("../lib/berth.aot")).exists();

        // With "on" a JVM ends that can't use its cache; usually it would only be slower.
        var help = run(List.of("env", "BERTH_JAVA_OPTIONS=-XX:AOTMode=on", BERTH.toString(), "--help"));

        assertThat(help.code()).as(help.output()).isZero();
        assertThat(help.output()).startsWith("Usage: berth");
    }

    @Test
    void aListThatCouldNotBeWrittenIsNoSuccess() throws Exception {
        var list = inShell("exec \"$0\" --home \"$1\" vm list > /dev/full");

        assertThat(list.code()).isEqualTo(5);
    }

    @Test
    void aJournalOnAFullDiskIsToldWithWhatToDo() throws Exception {
        var list = inShell(
                "mount -t tmpfs -o size=64k tmpfs \"$1\" && { cat /dev/zero > \"$1\"/full 2> /dev/null; chmod 700 \"$1\";"
                        + " exec \"$0\" --home \"$1\" vm list; }");

        assertThat(list.code()).as(list.output()).isEqualTo(5);
        assertThat(list.output()).contains("journal.full", "  -> ");
    }

    @Test
    void aReadOnlyJournalIsToldWithWhatToDo() throws Exception {
        assertThat(inShell("exec \"$0\" --home \"$1\" vm list").code()).isZero();
        var before = Files.readAllBytes(home.resolve("journal.db"));

        var list = inShell(
                "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" && exec \"$0\" --home \"$1\" vm list");

        assertThat(list.code()).as(list.output()).isEqualTo(5);
        assertThat(list.output()).contains("journal.read-only", "  -> ");
        assertThat(home.resolve("journal.db")).hasBinaryContent(before);
    }

    /** In mounts of its own; {@code $0} is the command, {@code $1} its home. */
    private Ended inShell(String script) throws IOException, InterruptedException {
        var argv = new ArrayList<>(List.of("unshare", "--mount"));
        if (!System.getProperty("user.name").equals("root")) {
            argv.add("--map-root-user");
        }
        argv.addAll(List.of("sh", "-c", script, BERTH.toString(), home.toString()));
        return run(argv);
    }

    private static Ended run(List<String> argv) throws IOException, InterruptedException {
        var output = Files.createTempFile("berth-command", ".txt");
        try {
            var process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still runs after " + PATIENCE_SECONDS + " s: " + argv);
            }
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
