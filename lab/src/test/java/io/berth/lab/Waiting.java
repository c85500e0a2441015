package io.berth.lab;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** For conditions of the outside world that announce themselves to nobody. */
final class Waiting {
    private static final long PAUSE_MILLIS = 20;

    private Waiting() {}

    static void until(String what, Duration longest, BooleanSupplier condition) {
        if (!holdsWithin(longest, condition)) {
            throw new AssertionError("waited " + longest + " in vain: " + what);
        }
    }

    static boolean holdsWithin(Duration longest, BooleanSupplier condition) {
        var end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
        return true;
    }
}
