package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.simulator.boundary.Site;
import io.berth.simulator.world.World;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class FaultMatrixTest {
    /** Two worlds: in one a power cut takes unflushed writes with it, in the other they survive. */
    private static final List<Long> SEEDS = List.of(seedWhere(true), seedWhere(false));

    private static long seedWhere(boolean unlucky) {
        var seed = 1L;
        while (new World(seed, true).isUnlucky() != unlucky) {
            seed++;
        }
        return seed;
    }

    @TestFactory
    Stream<DynamicTest> everyFaultAtEveryPositionKeepsThePromise() {
        return SEEDS.stream()
                .flatMap(seed -> Scenarios.standard().stream()
                        .map(scenario -> DynamicTest.dynamicTest(scenario + ", seed " + seed, () -> {
                            var outcomes = new FaultMatrix(Variation.NONE, seed).singles(scenario);
                            assertKept(outcomes);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> aFaultAfterTheEngineDiedKeepsThePromiseInRecoveryToo() {
        return Scenarios.forPairs().stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.toString(),
                        () -> assertKept(
                                new FaultMatrix(Variation.NONE, 1).pairs(scenario, List.of(Fault.KILL_AFTER)))));
    }

    /** Then another host looks at what was written: a second fault may strike in the midst of that. */
    @TestFactory
    Stream<DynamicTest> aFaultAfterTheHostOfAFastSaveDiedKeepsThePromiseToo() {
        return SEEDS.stream()
                .map(seed -> DynamicTest.dynamicTest(
                        "seed " + seed,
                        () -> assertKept(new FaultMatrix(Variation.NONE, seed)
                                .pairs(Scenarios.fastSave(), List.of(Fault.POWER_CUT_AFTER)))));
    }

    /** Its host dies when the guest has begun to run; while Berth comes back somebody starts it from its disk. */
    @Test
    void whatSomebodyStartsAnewIsNotTakenForTheRestoredGuest() {
        var scenario = Scenarios.forPairs().stream()
                .filter(each -> each.task() == Scenario.Task.START)
                .findFirst()
                .orElseThrow();
        var resumed = new FaultMatrix(Variation.NONE, 1)
                .calm(scenario).sites().stream().map(Site::what).toList().indexOf("guests.resume");
        var died = new Strike(resumed, Fault.POWER_CUT_AFTER);
        var end = TrialRun.of(new Trial(scenario, 1, List.of(died), false), Variation.NONE)
                .sites()
                .size();

        assertKept(IntStream.range(resumed + 1, end)
                .mapToObj(later -> List.of(died, new Strike(later, Fault.STARTED_BY_HAND)))
                .map(strikes -> TrialRun.of(new Trial(scenario, 1, strikes, false), Variation.NONE)));
    }

    @Test
    void everyPositionIsStruck() {
        var scenario = Scenarios.forPairs().getFirst();
        var matrix = new FaultMatrix(Variation.NONE, 1);

        var struck = matrix.singles(scenario)
                .filter(Outcome::struck)
                .map(outcome -> outcome.trial().strikes().getFirst().position())
                .distinct();

        assertThat(struck).hasSize(matrix.calm(scenario).askedCrossings());
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        var trial =
                new Trial(Scenarios.standard().getFirst(), 1, List.of(new Strike(20, Fault.POWER_CUT_BEFORE)), false);

        assertThat(TrialRun.told(trial, Variation.NONE).story())
                .isNotEmpty()
                .isEqualTo(TrialRun.told(trial, Variation.NONE).story());
    }

    private static void assertKept(Stream<Outcome> outcomes) {
        var broken = FaultMatrix.firstViolation(outcomes.parallel());
        assertThat(broken.map(Outcome::tale)).isEmpty();
    }
}
