package io.berth.simulator.proof;

import io.berth.simulator.fault.Fault;
import io.berth.simulator.fault.FaultMatrix;
import io.berth.simulator.fault.Outcome;
import io.berth.simulator.fault.Scenarios;
import io.berth.simulator.fault.Variation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One fault, and then another while the operation or its recovery goes on.
 *
 * @param scenarios operations that were struck so
 * @param runs made
 * @param violations runs in which the promise was broken; must be none
 * @param stories of those
 */
record PairsReport(int scenarios, int runs, int violations, List<String> stories) {
    /** First faults after which somebody else has to go on; what comes second is every other fault, everywhere. */
    private static final List<Fault> FIRST = List.of(Fault.KILL_AFTER, Fault.LOSE_ANSWER, Fault.NETWORK_CUT_AFTER);

    static PairsReport of(long seed) {
        var matrix = new FaultMatrix(Variation.NONE, seed);
        var runs = new AtomicInteger();
        var stories = Collections.synchronizedList(new ArrayList<String>());
        for (var scenario : Scenarios.forPairs()) {
            matrix.pairs(scenario, FIRST)
                    .parallel()
                    .peek(_ -> runs.incrementAndGet())
                    .filter(PairsReport::isBroken)
                    .forEach(outcome -> stories.add(outcome.tale()));
        }
        return new PairsReport(Scenarios.forPairs().size(), runs.get(), stories.size(), List.copyOf(stories));
    }

    private static boolean isBroken(Outcome outcome) {
        return !outcome.violations().isEmpty();
    }
}
