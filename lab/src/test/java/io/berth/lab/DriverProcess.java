package io.berth.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One of Berth's drivers as it was built, in a process of its own, with a stand-in for OpenNebula's core at its pipes. */
final class DriverProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    DriverProcess(ProcessBuilder builder) {
        try {
            process = builder.start();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
        Thread.ofPlatform().daemon().name("from-driver").start(this::readAll);
        say("INIT");
        var first = hear();
        if (!first.equals("INIT SUCCESS - -")) {
            throw new AssertionError("instead of INIT SUCCESS: " + first);
        }
    }

    private void readAll() {
        try (var from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            from.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException killed) {
            return;
        }
    }

    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** @return false: it is dead */
    boolean trySay(String line) {
        try {
            say(line);
            return true;
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The next line, if one comes in time. */
    Optional<String> hear(Duration longest) {
        try {
            return Optional.ofNullable(lines.poll(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private String hear() {
        try {
            var line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("the driver said nothing for " + PATIENCE_SECONDS + " s");
            }
            return line;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** All up to that many answers, each with what was logged before it. */
    List<String> hearAnswers(int count) {
        var heard = new ArrayList<String>();
        var answers = 0;
        while (answers < count) {
            heard.add(hear());
            answers += heard.getLast().startsWith("LOG ") ? 0 : 1;
        }
        return heard;
    }

    /** @throws AssertionError unless it succeeds */
    String ask(String request) {
        say(request);
        var heard = hearAnswers(1);
        if (!heard.getLast().startsWith(request.split(" +")[0] + " SUCCESS ")) {
            throw new AssertionError(String.join("\n", heard));
        }
        return heard.getLast();
    }

    /** SIGKILL. Returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As the core ends its drivers. */
    @Override
    public void close() {
        if (process.isAlive()) {
            say("FINALIZE");
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the driver doesn't end");
            }
        } catch (IOException gone) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            kill();
        }
    }
}
