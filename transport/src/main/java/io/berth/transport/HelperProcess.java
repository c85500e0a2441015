package io.berth.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program on this machine at whose other end a helper speaks: {@code ssh}, or the helper itself. Thread-safe. */
final class HelperProcess implements AutoCloseable {
    private static final int COMPLAINT_LIMIT = 8 * 1024;
    private static final Duration LAST_WORDS = Duration.ofMillis(500);
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private final Process process;
    private final BoundedText complaint = BoundedText.last(COMPLAINT_LIMIT);
    private final Thread complaintReader;

    private HelperProcess(Process process) {
        this.process = process;
        this.complaintReader =
                Thread.ofPlatform().daemon().name("berth-complaints").start(this::readComplaint);
    }

    /**
     * Starts the program in a session of its own: Ctrl-C at the terminal is for Berth, which then ends what runs on the
     * host in an orderly way; ssh must not die of it before.
     */
    static HelperProcess start(List<String> argv, Map<String, String> environment) throws IOException {
        var whole = new ArrayList<String>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> whole.add(setsid.toString()));
        whole.addAll(argv);
        var builder = new ProcessBuilder(whole);
        builder.environment().putAll(environment);
        return new HelperProcess(builder.start());
    }

    InputStream answers() {
        return process.getInputStream();
    }

    OutputStream requests() {
        return process.getOutputStream();
    }

    long pid() {
        return process.pid();
    }

    /** Ends the program: politely by closing its input, which tells the helper, then by force. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException broken) {
            // It is gone already, and that is what was wanted.
        }
        if (!ended(LAST_WORDS)) {
            process.destroyForcibly();
        }
    }

    /** Waits at most so long for the program's end. */
    boolean ended(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Only after {@link #ended}. */
    int exitCode() {
        return process.exitValue();
    }

    /** The end of what the program wrote to its error output. */
    String complaint() {
        try {
            // A background process of ssh's may hold the stream open: what is there has to do then.
            complaintReader.join(LAST_WORDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (complaint) {
            return complaint.text();
        }
    }

    private void readComplaint() {
        var buffer = new byte[COMPLAINT_LIMIT];
        try (var stream = process.getErrorStream()) {
            for (var count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                synchronized (complaint) {
                    complaint.add(Arrays.copyOf(buffer, count));
                }
            }
        } catch (IOException closed) {
            // The program has ended; there is no more to hear.
        }
    }
}
