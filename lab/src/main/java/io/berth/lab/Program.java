package io.berth.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine to their end. */
final class Program {
    private Program() {}

    /** @throws AssertionError when it takes longer than that; it is killed then */
    static Ran run(List<String> argv, Map<String, String> environment, byte[] input, Duration longest) {
        var command = String.join(" ", argv);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var process = start(argv, environment);
            var output = CompletableFuture.supplyAsync(() -> all(process.getInputStream()), threads);
            var errors = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), threads);
            try (var stdin = process.getOutputStream()) {
                stdin.write(input);
            } catch (IOException stoppedReading) {
                // Its exit code tells more.
            }
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " didn't end in " + longest);
            }
            return new Ran(
                    command, process.exitValue(), output.join(), new String(errors.join(), StandardCharsets.UTF_8));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted", interrupted);
        }
    }

    static Process start(List<String> argv, Map<String, String> environment) {
        var builder = new ProcessBuilder(argv);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    private static byte[] all(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException closed) {
            return new byte[0];
        }
    }
}
