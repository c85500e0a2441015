package io.berth.bench.opennebula;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A driver of Berth's as a process, with what says and hears the core's lines at its pipes. Used by one thread. */
final class MadProcess implements AutoCloseable {
    private static final long TO_END = 20;
    private static final double KIBIBYTES = 1024;

    private final Process process;
    private final Writer input;
    private final BufferedReader output;
    private final double startSeconds;

    private MadProcess(Process process, long began) throws IOException {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        say("INIT");
        hear("INIT SUCCESS");
        this.startSeconds = (System.nanoTime() - began) / 1e9;
    }

    /** Starts one as oned does, and says hello. */
    static MadProcess start(ProcessBuilder builder) {
        try {
            var began = System.nanoTime();
            return new MadProcess(
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start(), began);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** From before its start to its hello. */
    double startSeconds() {
        return startSeconds;
    }

    /**
     * The seconds until it has answered.
     *
     * @throws IllegalStateException if the answer is no success
     */
    double ask(String request) {
        try {
            var began = System.nanoTime();
            say(request);
            hear(request.split(" +")[0] + " SUCCESS ");
            return (System.nanoTime() - began) / 1e9;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void say(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    private void hear(String beginning) throws IOException {
        var log = new StringBuilder();
        var line = output.readLine();
        while (line != null && line.startsWith("LOG ")) {
            log.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null || !line.startsWith(beginning)) {
            throw new IllegalStateException("the driver said " + line + "\n" + log);
        }
    }

    /** What of it is in memory: {@code VmRSS} in proc(5). */
    double residentMebibytes() {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / KIBIBYTES;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        try {
            say("FINALIZE");
            if (!process.waitFor(TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
