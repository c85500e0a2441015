package io.berth.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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
        var alarm = new Alarm(Thread.currentThread());
        var set = clock.schedule(alarm::ring, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            wait.run();
        } finally {
            alarm.silence();
            set.cancel(false);
        }
    }

    /** Rings once, and not any more once it was silenced. */
    private static final class Alarm {
        private final Thread sleeper;
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

        private synchronized void silence() {
            silent = true;
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
