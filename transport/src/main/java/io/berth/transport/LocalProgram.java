package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A site's own program, run as a child of this process with this process's rights: bounded in time and output. Thread-safe.
 */
public final class LocalProgram {
    private static final int LARGEST_COMPLAINT = 64 << 10;

    private LocalProgram() {}

    /**
     * Runs the program and waits for its end; no shell is involved.
     *
     * @param program absolute path
     * @param longest after which it is killed
     * @param largest output in bytes after which it is killed
     * @throws Failure {@code program.failed} (ENVIRONMENT): it couldn't be started, ended with another code than 0, took
     *     too long or said too much
     */
    public static byte[] run(Path program, List<String> arguments, byte[] stdin, Duration longest, int largest) {
        var argv = new ArrayList<String>();
        argv.add(program.toString());
        argv.addAll(arguments);
        try {
            return run(new ProcessBuilder(argv).start(), program, stdin, longest, largest);
        } catch (IOException problem) {
            throw failure(program, "it can't be run: " + problem.getMessage(), "");
        }
    }

    private static byte[] run(Process process, Path program, byte[] stdin, Duration longest, int largest) {
        var output = new Bounded(process.getInputStream(), largest, process);
        var complaint = new Bounded(process.getErrorStream(), LARGEST_COMPLAINT, process);
        var feeding = Thread.ofVirtual().start(() -> feed(process, stdin));
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure(program, "it took longer than " + longest.toMillis() + " ms", "");
            }
            // What a child of the program keeps open would be waited for without end.
            output.join(longest);
            complaint.join(longest);
            if (output.exceeded() || complaint.exceeded()) {
                throw failure(program, "it wrote more than " + largest + " bytes", "");
            }
            if (process.exitValue() != 0) {
                throw failure(
                        program,
                        "it ended with exit code " + process.exitValue(),
                        new String(complaint.bytes(), StandardCharsets.UTF_8));
            }
            return output.bytes();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw failure(program, "it was interrupted", "");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            feeding.interrupt();
        }
    }

    private static void feed(Process process, byte[] stdin) {
        try (var input = process.getOutputStream()) {
            input.write(stdin);
        } catch (IOException itReadsNoMore) {
            // A program may ignore its input; its exit code and output tell whether that was right.
            return;
        }
    }

    private static Failure failure(Path program, String why, String output) {
        return Failure.of(FailureKind.ENVIRONMENT, "program.failed", "the site's program " + program + " failed")
                .why(why)
                .next("run it by hand with the same arguments and input; nothing was touched")
                .output(output)
                .build();
    }

    /** Collects a stream up to a limit, and kills the process beyond. */
    private static final class Bounded {
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private final AtomicBoolean exceeded = new AtomicBoolean();
        private final Thread reading;

        Bounded(InputStream stream, int largest, Process process) {
            this.reading = Thread.ofVirtual().start(() -> {
                try (stream) {
                    var buffer = new byte[8192];
                    for (var read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                        if (collected.size() + read > largest) {
                            exceeded.set(true);
                            process.destroyForcibly();
                            return;
                        }
                        collected.write(buffer, 0, read);
                    }
                } catch (IOException closed) {
                    // The process is gone; what came counts.
                    return;
                }
            });
        }

        void join(Duration longest) throws InterruptedException {
            if (!reading.join(longest)) {
                exceeded.set(true);
            }
        }

        boolean exceeded() {
            return exceeded.get();
        }

        byte[] bytes() {
            return collected.toByteArray();
        }
    }
}
