package io.berth.simulator;

import io.berth.simulator.fault.Fault;
import io.berth.simulator.fault.FaultMatrix;
import io.berth.simulator.fault.Scenarios;
import io.berth.simulator.fault.Variation;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Berth under two faults one after the other, in numbers. The same seed gives the same numbers.
 *
 * @param runs made
 * @param violations runs in which the promise was broken; must be none
 * @param stories of each of those
 */
public record FaultPairsReport(int runs, int violations, List<String> stories) {
    /** First faults after which there is most to go wrong. */
    public static final List<Fault> FIRST =
            List.of(Fault.KILL_AFTER, Fault.LOSE_ANSWER, Fault.POWER_CUT_AFTER, Fault.NETWORK_CUT_AFTER);

    public FaultPairsReport {
        stories = List.copyOf(stories);
    }

    /** Each of the first faults at each position, then each fault at each later one. Uses all processors, for long. */
    public static FaultPairsReport of(long seed, List<Fault> first) {
        var matrix = new FaultMatrix(Variation.NONE, seed);
        var runs = new AtomicInteger();
        Queue<String> stories = new ConcurrentLinkedQueue<>();
        Scenarios.forThoroughPairs()
                .forEach(scenario -> matrix.pairs(scenario, first).parallel().forEach(outcome -> {
                    runs.incrementAndGet();
                    if (!outcome.violations().isEmpty()) {
                        stories.add(outcome.tale());
                    }
                }));
        return new FaultPairsReport(runs.get(), stories.size(), List.copyOf(stories));
    }

    /** Prints the numbers and the first stories; the argument, if there is one, is the seed. Exit code 1 if all isn't well. */
    public static void main(String[] arguments) {
        var report = of(arguments.length > 0 ? Long.parseLong(arguments[0]) : FaultMatrixReport.SEED, FIRST);
        System.out.println("pairs: runs " + report.runs() + ", violations " + report.violations());
        report.stories().stream().limit(3).forEach(System.out::println);
        System.exit(report.violations() == 0 ? 0 : 1);
    }
}
