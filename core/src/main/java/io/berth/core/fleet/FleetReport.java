package io.berth.core.fleet;

import io.berth.driver.Failure;
import java.time.Duration;
import java.util.List;

/**
 * How a fleet's work went. A part that failed is in here, and no exception.
 *
 * @param kind as the plan's
 * @param fates in the order of their turns
 * @param left what was left alone to the end, and why
 * @param silent what couldn't be asked at the end
 * @param took from the request to the answer
 */
public record FleetReport(String kind, List<Fate> fates, List<Left> left, List<Failure> silent, Duration took) {
    public FleetReport {
        fates = List.copyOf(fates);
        left = List.copyOf(left);
        silent = List.copyOf(silent);
    }

    /** Whether nothing is left to be done. */
    public boolean isComplete() {
        return left.isEmpty()
                && silent.isEmpty()
                && fates.stream().allMatch(fate -> fate.end() == Fate.End.DONE || fate.end() == Fate.End.GONE);
    }
}
