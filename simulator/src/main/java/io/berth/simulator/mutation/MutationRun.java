package io.berth.simulator.mutation;

import io.berth.simulator.fault.FaultMatrix;
import io.berth.simulator.fault.Outcome;
import io.berth.simulator.fault.Scenarios;
import java.util.Optional;

/** Runs a mutated Berth through the matrix until it is noticed. */
public final class MutationRun {
    private MutationRun() {}

    /** The first run that broke the promise; empty when the mutation got away with it. */
    public static Optional<Outcome> caught(Mutation mutation, long seed) {
        var matrix = new FaultMatrix(mutation.variation(), seed);
        return Scenarios.forMutations().stream()
                .filter(mutation::concerns)
                .map(scenario -> FaultMatrix.firstViolation(matrix.singles(scenario)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
