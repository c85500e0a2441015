package io.berth.storage.files;

import io.berth.driver.host.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs for real, as processes of this machine. */
public final class LocalProcesses {
    private final Path folder;
    private final Path programs;

    /**
     * @param folder for what goes in and comes out
     * @param programs folder that is searched before all others
     */
    public LocalProcesses(Path folder, Path programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /** What it came to within a minute, as a transport shows it. */
    public CommandResult run(List<String> argv, byte[] stdin, Map<String, String> environment) {
        try {
            var input = Files.write(Files.createTempFile(folder, "input", ""), stdin);
            var output = Files.createTempFile(folder, "output", "");
            var error = Files.createTempFile(folder, "error", "");
            var builder = new ProcessBuilder(argv)
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(error.toFile());
            builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end after a minute: " + argv);
            }
            return new CommandResult(process.exitValue(), text(output), text(error), Files.size(output) > 1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What isn't UTF-8 is replaced. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
