package io.berth.storage.loop;

import io.berth.driver.host.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A mount namespace on this machine with loop devices of its own: a host as far as storage is concerned. Needs root. */
final class NamespaceHost implements AutoCloseable {
    private static final String SETUP = """
            set -e
            mount -t tmpfs -o mode=0755 none /dev
            mknod -m 666 /dev/null c 1 3
            for number in "$@"; do mknod "/dev/loop$number" b 7 "$number"; done
            echo ready
            exec cat
            """;

    /** One thread for each pipe: the common pool may have a single one, and both pipes can fill up. */
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private final Process process;

    /** @param firstDevice number of the first of four loop devices that nothing else uses */
    NamespaceHost(int firstDevice) {
        var argv = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", SETUP, "sh"));
        for (var number = firstDevice; number < firstDevice + 4; number++) {
            makeDevice(number);
            argv.add(Integer.toString(number));
        }
        try {
            process = new ProcessBuilder(argv)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (process.inputReader().readLine() == null) {
                throw new IllegalStateException("no mount namespace: is this root?");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kernel makes a loop device when losetup asks for it by its number. */
    private static void makeDevice(int number) {
        var device = "/dev/loop" + number;
        execute(List.of("losetup", device, "/proc/self/exe"), new byte[0]);
        execute(List.of("losetup", "--detach", device), new byte[0]);
    }

    CommandResult run(List<String> argv, byte[] stdin) {
        var result = execute(inside(argv), stdin);
        return new CommandResult(result.exitCode(), text(result.output()), text(result.error()), false);
    }

    byte[] output(List<String> argv) {
        return execute(inside(argv), new byte[0]).output().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Runs until it is destroyed; has written a line when this returns. */
    Process start(List<String> argv) throws IOException {
        var started = new ProcessBuilder(inside(argv)).start();
        started.inputReader().readLine();
        return started;
    }

    private List<String> inside(List<String> argv) {
        var all = new ArrayList<>(List.of("nsenter", "--mount=/proc/" + process.pid() + "/ns/mnt"));
        all.addAll(argv);
        return all;
    }

    /** Bytes as characters of the same number. */
    private record Ended(int exitCode, String output, String error) {}

    private static Ended execute(List<String> argv, byte[] stdin) {
        try {
            var process = new ProcessBuilder(argv).start();
            var error = CompletableFuture.supplyAsync(() -> bytes(process.getErrorStream()), THREADS);
            var output = CompletableFuture.supplyAsync(() -> bytes(process.getInputStream()), THREADS);
            try (var input = process.getOutputStream()) {
                input.write(stdin);
            }
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end after a minute: " + argv);
            }
            return new Ended(process.exitValue(), output.join(), error.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String bytes(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
