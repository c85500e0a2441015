package io.berth.simulator.mutation;

import io.berth.simulator.fault.FaultMatrix;
import io.berth.simulator.fault.Outcome;
import io.berth.simulator.fault.Scenarios;
import io.berth.simulator.world.World;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Runs a mutated Berth through the matrix until it is noticed. */
public final class MutationRun {
    private MutationRun() {}

    /**
     * The first run that broke the promise, in a world of that seed or in the next one where a loss of power does the
     * contrary to writes; empty when the mutation got away with it.
     */
    public static Optional<Outcome> caught(Mutation mutation, long seed) {
        return Stream.of(seed, withOtherLuck(seed))
                .flatMap(one -> caughtWith(mutation, one).stream())
                .findFirst();
    }

    private static Optional<Outcome> caughtWith(Mutation mutation, long seed) {
        var matrix = new FaultMatrix(mutation.variation(), seed);
        return Scenarios.forMutations().stream()
                .filter(mutation::concerns)
                .map(scenario -> FaultMatrix.firstViolation(matrix.singles(scenario)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static long withOtherLuck(long seed) {
        var unlucky = new World(seed, true).isUnlucky();
        return LongStream.iterate(seed + 1, next -> next + 1)
                .filter(next -> new World(next, true).isUnlucky() != unlucky)
                .findFirst()
                .orElseThrow();
    }
}
