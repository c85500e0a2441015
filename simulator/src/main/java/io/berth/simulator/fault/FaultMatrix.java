package io.berth.simulator.fault;

import io.berth.simulator.boundary.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every fault at every position. The positions of an operation are counted in a run in which nothing goes wrong, those
 * of a recovery in the run that made it necessary. The same seed gives the same result.
 */
public final class FaultMatrix {
    private final Variation variation;
    private final long seed;

    public FaultMatrix(Variation variation, long seed) {
        this.variation = variation;
        this.seed = seed;
    }

    /** The run in which nothing goes wrong. */
    public Outcome calm(Scenario scenario) {
        return TrialRun.of(Trial.calm(scenario, seed), variation);
    }

    /** Each fault alone at each position of the operation itself. */
    public Stream<Outcome> singles(Scenario scenario) {
        var calm = calm(scenario);
        if (scenario.task() == Scenario.Task.RESUME_BESIDE_INTRUDER) {
            return Stream.of(calm);
        }
        return Stream.concat(
                Stream.of(calm),
                trials(scenario, List.of(), calm, 0, calm.askedCrossings()).stream()
                        .map(trial -> TrialRun.of(trial, variation)));
    }

    /**
     * Each of the {@code first} faults at each position, and after it each fault at each position from there on. A lost
     * journal isn't among the second ones: what is left then besides the volume is a known limit (promise.md).
     */
    public Stream<Outcome> pairs(Scenario scenario, List<Fault> first) {
        var calm = calm(scenario);
        return trials(scenario, List.of(), calm, 0, calm.askedCrossings()).stream()
                .filter(trial -> first.contains(trial.strikes().getFirst().fault()))
                .flatMap(trial -> {
                    var once = TrialRun.of(trial, variation);
                    var from = trial.strikes().getFirst().position() + 1;
                    return trials(
                                    scenario,
                                    trial.strikes(),
                                    once,
                                    from,
                                    once.sites().size())
                            .stream()
                            .filter(twice -> twice.strikes().getLast().fault() != Fault.JOURNAL_LOST)
                            .map(twice -> TrialRun.of(twice, variation));
                });
    }

    private List<Trial> trials(Scenario scenario, List<Strike> before, Outcome like, int from, int to) {
        var trials = new ArrayList<Trial>();
        var restored = firstRestore(like.sites());
        IntStream.range(from, to)
                .forEach(position -> Fault.at(like.sites().get(position), scenario).stream()
                        .filter(fault -> fault != Fault.RESUMED_BY_HAND || position < restored)
                        .forEach(fault -> {
                            var strikes = new ArrayList<>(before);
                            strikes.add(new Strike(position, fault));
                            trials.add(new Trial(scenario, seed, strikes, false));
                            if (strikes.stream()
                                    .anyMatch(strike -> strike.fault().cutsPower())) {
                                trials.add(new Trial(scenario, seed, strikes, true));
                            }
                        }));
        return trials;
    }

    /**
     * Somebody who lets a restored guest run before its checkpoint is consumed stops Berth until a person has decided: a
     * known limit (promise.md).
     */
    private static int firstRestore(List<Site> sites) {
        return (int) sites.stream()
                .takeWhile(site -> !site.what().equals("guests.restore"))
                .count();
    }

    /** The first run that breaks the promise, if one does. */
    public static Optional<Outcome> firstViolation(Stream<Outcome> outcomes) {
        return outcomes.filter(outcome -> !outcome.violations().isEmpty()).findFirst();
    }
}
