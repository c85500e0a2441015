package io.berth.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code berth serve}, as somebody would type it, until closed. Used by one thread. */
public final class BerthDaemon implements AutoCloseable {
    private static final long LONGEST_END_SECONDS = 90;
    private static final double KIBIBYTES = 1024;

    private final Process process;
    private final double secondsToReady;

    private BerthDaemon(Process process, double secondsToReady) {
        this.process = process;
        this.secondsToReady = secondsToReady;
    }

    /** Returns when it says that it is ready. */
    static BerthDaemon start(Path root, Path home) {
        var argv = new String[] {root.resolve("bin/berth").toString(), "--home", home.toString(), "serve", "-v"};
        try {
            var began = System.nanoTime();
            var process = new ProcessBuilder(argv)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var line = process.inputReader().readLine();
            var seconds = (System.nanoTime() - began) / 1e9;
            if (line == null || !line.startsWith("ready: ")) {
                process.destroyForcibly();
                throw new IllegalStateException("berth serve says: " + line);
            }
            return new BerthDaemon(process, seconds);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** From before it was started. */
    public double secondsToReady() {
        return secondsToReady;
    }

    /** {@code VmRSS} in proc(5). */
    public double residentMebibytes() {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow()
                    / KIBIBYTES;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the daemon doesn't end");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
