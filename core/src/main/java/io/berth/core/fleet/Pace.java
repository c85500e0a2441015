package io.berth.core.fleet;

import io.berth.driver.DataSize;
import java.time.Duration;

/**
 * How fast a datastore takes memory.
 *
 * @param perSecond of all that write at once together; above zero
 */
public record Pace(DataSize perSecond, Source source) {
    /** A disk or a gigabit: what is slower than this nobody would put memory on. */
    static final Pace ASSUMED = new Pace(DataSize.ofMebibytes(100), Source.ASSUMED);

    public Pace {
        if (perSecond.equals(DataSize.ZERO)) {
            throw new IllegalArgumentException("a pace is above zero");
        }
    }

    /** Who says so. */
    public enum Source {
        /** The user. */
        TOLD,
        /** What saves took lately. */
        MEASURED,
        /** Nobody: nothing was saved there lately. */
        ASSUMED
    }

    Duration timeFor(DataSize size) {
        return Duration.ofMillis(Math.round(1000.0 * size.bytes() / perSecond.bytes()));
    }

    DataSize amountIn(Duration time) {
        return new DataSize((long) (perSecond.bytes() * (Math.max(0, time.toMillis()) / 1000.0)));
    }
}
