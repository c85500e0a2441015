package io.berth.simulator.proof;

import io.berth.simulator.FaultMatrixReport;
import io.berth.simulator.FaultPairsReport;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.fleet.FleetMatrix;
import io.berth.simulator.history.Histories;
import io.berth.simulator.history.HistoriesReport;
import io.berth.simulator.mutation.Mutation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All that is held against the promise.
 *
 * @param time it took
 * @param missedByHistories mutations that no history noticed; the fault matrix must notice all
 */
record Proof(
        long seed,
        Duration time,
        FaultMatrixReport faults,
        FaultPairsReport pairs,
        FleetMatrix fleets,
        HistoriesReport histories,
        List<Mutation> missedByHistories) {
    private static final long STEPS = 10_000_000;
    private static final int HISTORIES_PER_MUTATION = 8192;
    private static final Duration LEAST = Duration.ofSeconds(30);

    /**
     * Takes minutes, and all processors.
     *
     * @param within the time that histories may take together with all the rest; empty: ten million steps
     * @param progress is told what comes next
     */
    static Proof of(long seed, Optional<Duration> within, Consumer<String> progress) {
        var begun = Instant.now();
        progress.accept("each fault at each position, and each mutation");
        var faults = FaultMatrixReport.of(seed);
        progress.accept("pairs of faults");
        var pairs = FaultPairsReport.of(seed, FaultPairsReport.FIRST);
        progress.accept("each fault at each position of fleets");
        var fleets = FleetMatrix.of(seed, 1);
        progress.accept("mutations in histories");
        var missed = Arrays.stream(Mutation.values())
                .filter(mutation -> new Histories(mutation.variation(), seed)
                        .firstViolation(HISTORIES_PER_MUTATION)
                        .isEmpty())
                .toList();
        progress.accept("histories");
        var histories = new Histories(Variation.NONE, seed);
        var report = within.map(time -> time.minus(Duration.between(begun, Instant.now())))
                .map(left -> left.compareTo(LEAST) < 0 ? LEAST : left)
                .map(histories::time)
                .orElseGet(() -> histories.steps(STEPS));
        return new Proof(seed, Duration.between(begun, Instant.now()), faults, pairs, fleets, report, missed);
    }

    boolean holds() {
        return faults.isWell() && pairs.violations() == 0 && fleets.violations() == 0 && histories.violations() == 0;
    }

    /** Of whatever went wrong. */
    Stream<String> stories() {
        return Stream.of(faults.stories(), pairs.stories(), fleets.stories(), histories.stories())
                .flatMap(List::stream);
    }
}
