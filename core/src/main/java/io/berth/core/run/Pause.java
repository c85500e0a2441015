package io.berth.core.run;

import java.time.Duration;

/** Waits between tries; virtual time in the simulator. */
@FunctionalInterface
public interface Pause {
    void sleep(Duration time);

    /** Real waiting; an interrupt ends it early. */
    static Pause real() {
        return time -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
