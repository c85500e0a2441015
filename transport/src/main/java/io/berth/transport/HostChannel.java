package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The way to one host: one session for all commands, opened when needed and again after a loss. Thread-safe. */
final class HostChannel implements AutoCloseable {
    /** A failure that took longer was a timeout: the host is likely to be off. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** How long a host that is likely to be off is spared further tries: each would cost another timeout. */
    private static final Duration SPARED = Duration.ofSeconds(10);

    private final HostRef host;
    private final Connector connector;
    private @Nullable CompletableFuture<HelperSession> current;
    private volatile long sparedUntil = System.nanoTime();
    private boolean closed;

    HostChannel(HostRef host, Connector connector) {
        this.host = host;
        this.connector = connector;
    }

    CommandResult run(HostCommand command) {
        try {
            return session(command).run(command);
        } catch (HelperSession.NeverSentException stale) {
            return runOnFresh(command);
        }
    }

    /** Begins to connect and doesn't wait. */
    void connect() {
        var _ = opening(); // what it failed with is told to the first who runs a command
    }

    /** The first session died unnoticed, and nothing left this process: once more, then it is a failure. */
    private CommandResult runOnFresh(HostCommand command) {
        try {
            return session(command).run(command);
        } catch (HelperSession.NeverSentException again) {
            throw HostFailures.unreachable(host, String.valueOf(again.getMessage()));
        }
    }

    /** The session, or a new one: callers that come while it is being opened share that one and its failure. */
    private synchronized CompletableFuture<HelperSession> opening() {
        if (closed) {
            throw Failure.of(FailureKind.BUG, "host.closed", "The transport was closed")
                    .host(host)
                    .build();
        }
        if (current != null && (!current.isDone() || usable(current) || isSpared(current))) {
            return current;
        }
        var opened = new CompletableFuture<HelperSession>();
        current = opened;
        Thread.ofPlatform().daemon().name("berth-connect-" + host).start(() -> {
            var began = System.nanoTime();
            try {
                opened.complete(connector.open(host));
            } catch (RuntimeException failed) {
                var now = System.nanoTime();
                sparedUntil = now - began > SLOW.toNanos() ? now + SPARED.toNanos() : now;
                opened.completeExceptionally(failed);
            }
            closeIfLate(opened);
        });
        return opened;
    }

    private boolean isSpared(CompletableFuture<HelperSession> done) {
        return done.isCompletedExceptionally() && System.nanoTime() - sparedUntil < 0;
    }

    private static boolean usable(CompletableFuture<HelperSession> done) {
        return !done.isCompletedExceptionally() && done.join().alive();
    }

    private synchronized void closeIfLate(CompletableFuture<HelperSession> opened) {
        if (closed && !opened.isCompletedExceptionally()) {
            opened.join().close();
        }
    }

    private HelperSession session(HostCommand command) {
        var opening = opening();
        // Its own future for the wish to stop: the connection itself goes on being made, others may wait for it.
        var wait = opening.copy();
        try (var _ = command.cancellation()
                .onRequest(() -> wait.completeExceptionally(HostFailures.cancelled(host, command, "")))) {
            return wait.get(command.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failureIn(failed);
        } catch (TimeoutException tooLong) {
            throw HostFailures.unreachable(host, "no connection within " + command.deadline());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw HostFailures.cancelled(host, command, "");
        }
    }

    private RuntimeException failureIn(ExecutionException failed) {
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) {
                return failure;
            }
        }
        return Failure.of(FailureKind.BUG, "host.connect-bug", "Connecting failed in an unforeseen way")
                .host(host)
                .cause(failed)
                .build();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null && current.isDone() && !current.isCompletedExceptionally()) {
            current.join().close();
        }
    }
}
