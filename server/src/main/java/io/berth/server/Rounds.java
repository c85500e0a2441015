package io.berth.server;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the daemon does unasked, when it starts and then every so often. Thread-safe. */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("berth.daemon");
    /** Recovery and garbage may each wait for a host that is silent. */
    private static final int THREADS = 2;

    private final ScheduledThreadPoolExecutor clock;

    private Rounds(ScheduledThreadPoolExecutor clock) {
        this.clock = clock;
    }

    static Rounds begin(Runnable recovery, Duration recoverEvery, Runnable garbage, Duration garbageEvery) {
        var clock = new ScheduledThreadPoolExecutor(
                THREADS, Thread.ofPlatform().daemon().name("berth-round-", 1).factory());
        var _ = clock.scheduleWithFixedDelay(safely(recovery), 0, recoverEvery.toMillis(), TimeUnit.MILLISECONDS);
        // Not at once: whoever starts a daemon wants answers first.
        var _ = clock.scheduleWithFixedDelay(
                safely(garbage), garbageEvery.toMillis(), garbageEvery.toMillis(), TimeUnit.MILLISECONDS);
        return new Rounds(clock);
    }

    /** What throws once is never run again by its executor. */
    private static Runnable safely(Runnable round) {
        return () -> {
            try {
                round.run();
            } catch (RuntimeException failed) {
                LOG.warn("event=round-failed round={}", round.getClass().getSimpleName(), failed);
            }
        };
    }

    /** Begins no more of them. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
