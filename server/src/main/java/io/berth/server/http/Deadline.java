package io.berth.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends what waits too long for a client, by interrupting it: a channel that is interrupted closes. Unix sockets have no
 * timeouts of their own. Thread-safe.
 */
final class Deadline implements AutoCloseable {
    private final Duration limit;
    private final ScheduledThreadPoolExecutor clock;

    Deadline(Duration limit) {
        this.limit = limit;
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("berth-deadline").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Something that waits for a client. */
    @FunctionalInterface
    interface Wait {
        void run() throws IOException;
    }

    /** Whatever the wait throws, when it was too long the connection is closed. */
    void within(Wait wait) throws IOException {
        try (var _ = set()) {
            wait.run();
        }
    }

    /** For waits that begin and end in somebody else's code. The same thread closes it. */
    Alarm set() {
        var alarm = new Alarm(Thread.currentThread());
        alarm.bell = clock.schedule(alarm::ring, limit.toMillis(), TimeUnit.MILLISECONDS);
        return alarm;
    }

    /** Rings once, and not any more once it was closed. */
    static final class Alarm implements AutoCloseable {
        private final Thread sleeper;
        private @Nullable Future<?> bell;
        private boolean silent;
        private boolean rung;

        private Alarm(Thread sleeper) {
            this.sleeper = sleeper;
        }

        private synchronized void ring() {
            if (!silent) {
                rung = true;
                sleeper.interrupt();
            }
        }

        @Override
        public synchronized void close() {
            silent = true;
            if (bell != null) {
                bell.cancel(false);
            }
            if (rung) {
                Thread.interrupted(); // it was for the wait alone
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
