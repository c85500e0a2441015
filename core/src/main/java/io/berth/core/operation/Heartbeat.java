package io.berth.core.operation;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.driver.Failure;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Keeps a lease alive while an operation runs. */
@FunctionalInterface
public interface Heartbeat {
    Beating start(Journal journal, Lease lease);

    /** Until closed. */
    @FunctionalInterface
    interface Beating extends AutoCloseable {
        @Override
        void close();
    }

    static Heartbeat none() {
        return (journal, lease) -> () -> {};
    }

    /**
     * Beats for any number of operations. A lost lease is noticed at the operation's next write, which fails. A beat that
     * is slow, on a slow disk, doesn't hold up the others.
     */
    static Heartbeat every(Duration interval) {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("berth-heartbeat").factory());
        timer.setRemoveOnCancelPolicy(true);
        return (journal, lease) -> {
            var beat = timer.scheduleAtFixedRate(
                    () -> Thread.startVirtualThread(() -> renew(journal, lease)),
                    interval.toMillis(),
                    interval.toMillis(),
                    TimeUnit.MILLISECONDS);
            return () -> beat.cancel(false);
        };
    }

    private static void renew(Journal journal, Lease lease) {
        try {
            journal.renew(lease);
        } catch (Failure _) {
            // The next beat tries again; if the lease is lost meanwhile, the operation's next write says so.
        }
    }
}
