package io.berth.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program on this machine and wants it to succeed. */
final class LocalProgram {
    private final Path folder;
    private final Map<String, String> environment;

    /** @param folder for outputs */
    LocalProgram(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /**
     * What a program did.
     *
     * @param seconds from before it was started to after its end
     */
    record Ended(String output, double seconds) {}

    /** @throws IllegalStateException when it fails or takes longer */
    Ended run(Duration atMost, List<String> argv) {
        try {
            // Files, not pipes: nobody has to read while the time is taken.
            var output = Files.createTempFile(folder, "output", ".txt");
            var errors = Files.createTempFile(folder, "errors", ".txt");
            try {
                var builder = new ProcessBuilder(argv)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                var began = System.nanoTime();
                var process = builder.start();
                if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw failed(argv, "took longer than " + atMost, errors);
                }
                var seconds = (System.nanoTime() - began) / 1e9;
                if (process.exitValue() != 0) {
                    throw failed(argv, "ended with " + process.exitValue(), errors);
                }
                return new Ended(Files.readString(output), seconds);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }

    private static IllegalStateException failed(List<String> argv, String how, Path errors) throws IOException {
        return new IllegalStateException(String.join(" ", argv) + " " + how + ":\n"
                + new String(Files.readAllBytes(errors), StandardCharsets.UTF_8));
    }
}
