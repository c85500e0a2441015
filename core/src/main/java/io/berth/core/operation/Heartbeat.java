package io.berth.core.operation;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.driver.Failure;
import java.time.Duration;
import java.util.concurrent.Executors;
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

    /** Beats in a thread of its own. A lost lease is noticed at the operation's next write, which fails. */
    static Heartbeat every(Duration interval) {
        return (journal, lease) -> {
            var timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("berth-heartbeat").factory());
            var ignored = timer.scheduleAtFixedRate(
                    () -> renew(journal, lease), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
            return () -> {
                ignored.cancel(false);
                timer.shutdown();
            };
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
