package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How often a host is asked again for something it tells of no other way.
 *
 * @param questions at most, 1 or more
 * @param pause between two of them
 */
public record Patience(int questions, Duration pause) {
    /** About three seconds: far longer than udev looks at a device, short for a person. */
    public static final Patience USUAL = new Patience(60, Duration.ofMillis(50));

    /** Once a second, at least that long. */
    static Patience eachSecond(Duration atLeast) {
        return new Patience((int) atLeast.toSeconds() + 2, Duration.ofSeconds(1));
    }

    /** Whether it came true. */
    public boolean until(BooleanSupplier wish) {
        for (var asked = 1; !wish.getAsBoolean(); asked++) {
            if (asked >= questions) {
                return false;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.of(FailureKind.CANCELLED, "operation.cancelled", "interrupted while a host was asked")
                        .next("try again")
                        .cause(e)
                        .build();
            }
        }
        return true;
    }
}
