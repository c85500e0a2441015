package io.berth.server;

import io.berth.server.system.ServiceManager;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tells the service manager that the daemon is alive, for as long as it answers on its own socket: a thread that only
 * runs by itself would prove nothing. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
    /** Once may be late: sd_watchdog_enabled(3) wants it twice in the time. */
    private static final int TIMES = 2;

    private final ScheduledExecutorService clock;

    private Watchdog(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    static Watchdog over(BooleanSupplier answers, ServiceManager manager) {
        var clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("berth-watchdog").factory());
        manager.watchdog().ifPresent(every -> {
            var pause = every.dividedBy(TIMES).toNanos();
            var _ = clock.scheduleAtFixedRate(
                    () -> {
                        if (answers.getAsBoolean()) {
                            manager.alive();
                        }
                    },
                    pause,
                    pause,
                    TimeUnit.NANOSECONDS);
        });
        return new Watchdog(clock);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
