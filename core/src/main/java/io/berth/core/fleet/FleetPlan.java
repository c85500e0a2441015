package io.berth.core.fleet;

import io.berth.driver.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a fleet would do, as things are now. Immutable.
 *
 * @param kind {@code suspend-all}, {@code resume-all} or {@code evacuate}
 * @param moves the first to begin first
 * @param left what is left alone, and why
 * @param silent what couldn't be asked, and whose VMs therefore aren't here
 * @param pace of the datastore, where the plan depends on it
 * @param takes until the last is done, if that can be told
 */
public record FleetPlan(
        String kind,
        List<Move> moves,
        List<Left> left,
        List<Failure> silent,
        Optional<Pace> pace,
        Optional<Duration> takes) {
    public FleetPlan {
        moves = List.copyOf(moves);
        left = List.copyOf(left);
        silent = List.copyOf(silent);
    }
}
