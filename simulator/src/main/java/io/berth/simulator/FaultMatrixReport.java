package io.berth.simulator;

import io.berth.simulator.fault.Fault;
import io.berth.simulator.fault.FaultMatrix;
import io.berth.simulator.fault.Outcome;
import io.berth.simulator.fault.Scenarios;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.mutation.Mutation;
import io.berth.simulator.mutation.MutationRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Berth under every fault at every position, and every mutation of it, in numbers. The same seed gives the same numbers.
 *
 * @param positions places of all scenarios where something can go wrong
 * @param positionsCovered those at which at least one fault really struck
 * @param runs made, the undisturbed ones included
 * @param violations runs in which the promise was broken; must be none
 * @param mutations safeguards that were taken out
 * @param mutationsCaught those that were noticed; must be all
 * @param stories of each run that broke the promise, and of each mutation that got away
 */
public record FaultMatrixReport(
        int positions,
        int positionsCovered,
        int runs,
        int violations,
        int mutations,
        int mutationsCaught,
        List<String> stories) {
    /** What the bench and the tests use. */
    public static final long SEED = 42;

    public FaultMatrixReport {
        stories = List.copyOf(stories);
    }

    /** Each fault alone at each position of the standard scenarios, and each mutation. Uses all processors. */
    public static FaultMatrixReport of(long seed) {
        var matrix = new FaultMatrix(Variation.NONE, seed);
        var positions = new AtomicInteger();
        var covered = new AtomicInteger();
        var runs = new AtomicInteger();
        var violations = new AtomicInteger();
        var stories = Collections.synchronizedList(new ArrayList<String>());
        Scenarios.standard().parallelStream().forEach(scenario -> {
            var outcomes = matrix.singles(scenario).toList();
            if (outcomes.size() > 1) {
                positions.addAndGet(outcomes.getFirst().askedCrossings());
            }
            covered.addAndGet((int) outcomes.stream()
                    .filter(Outcome::struck)
                    .map(outcome -> outcome.trial().strikes().getFirst().position())
                    .distinct()
                    .count());
            runs.addAndGet(outcomes.size());
            outcomes.stream().filter(outcome -> !outcome.violations().isEmpty()).forEach(outcome -> {
                violations.incrementAndGet();
                stories.add(outcome.tale());
            });
        });
        var caught = new AtomicInteger();
        Arrays.stream(Mutation.values())
                .parallel()
                .forEach(mutation -> MutationRun.caught(mutation, seed)
                        .ifPresentOrElse(
                                _ -> caught.incrementAndGet(), () -> stories.add("not noticed: " + mutation + "\n")));
        return new FaultMatrixReport(
                positions.get(),
                covered.get(),
                runs.get(),
                violations.get(),
                Mutation.values().length,
                caught.get(),
                stories);
    }

    /** How many kinds of faults there are. */
    public static int faults() {
        return Fault.values().length;
    }

    /** Prints the numbers and the stories; the argument, if there is one, is the seed. Exit code 1 if all isn't well. */
    public static void main(String[] arguments) {
        var report = of(arguments.length > 0 ? Long.parseLong(arguments[0]) : SEED);
        System.out.println(
                "positions " + report.positionsCovered() + "/" + report.positions() + ", runs " + report.runs()
                        + ", violations " + report.violations() + ", mutations caught " + report.mutationsCaught() + "/"
                        + report.mutations());
        report.stories().stream().limit(3).forEach(System.out::println);
        System.exit(report.isWell() ? 0 : 1);
    }

    /** Whether every position was struck, the promise held, and every mutation was noticed. */
    public boolean isWell() {
        return positionsCovered == positions && violations == 0 && mutationsCaught == mutations;
    }
}
