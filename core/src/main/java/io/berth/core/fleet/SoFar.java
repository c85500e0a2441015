package io.berth.core.fleet;

import io.berth.driver.DataSize;
import java.time.Duration;
import java.util.Optional;

/**
 * What a fleet has done until now.
 *
 * @param memory of the VMs that are done, as it was estimated
 * @param worked the time in which anything was under way
 * @param elapsed since the beginning
 */
record SoFar(DataSize memory, Duration worked, Duration elapsed) {
    static final SoFar NOTHING = new SoFar(DataSize.ZERO, Duration.ZERO, Duration.ZERO);

    /** How fast estimated memory was done, so that estimates that are all too low do no harm; empty at first. */
    Optional<Pace> pace() {
        var perSecond = worked.isZero() ? 0 : (long) (memory.bytes() * 1000.0 / Math.max(1, worked.toMillis()));
        return perSecond == 0 ? Optional.empty() : Optional.of(new Pace(new DataSize(perSecond), Pace.Source.MEASURED));
    }
}
