package io.berth.simulator.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.simulator.fault.Variation;
import io.berth.simulator.mutation.Mutation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class HistoriesTest {
    private static final long SEED = 42;
    private static final long STEPS = 1_000_000;
    private static final int HISTORIES = 1024;

    /**
     * Two take somebody who starts the guest himself, whom no history has: all that is asked of Berth then is that it makes
     * no second copy. Three take memory that goes through a file, which no history has. Of one, a second safeguard leaves
     * nothing but an operation that fails. The others are noticed in one history of thousands, if at all. The fault matrix
     * notices them all.
     */
    private static final Set<Mutation> BEYOND_HISTORIES = EnumSet.of(
            Mutation.ABSENCE_NOT_PROVEN,
            Mutation.ANY_GUEST_IS_THE_RESTORED_ONE,
            Mutation.COMMITTED_BEFORE_THE_UPLOAD_IS_FLUSHED,
            Mutation.DEAD_HOSTS_IMAGE_UNSEEN,
            Mutation.EPOCH_NOT_CHECKED,
            Mutation.KEPT_BEFORE_THE_CONSUME,
            Mutation.LEFT_BEFORE_IT_ARRIVED,
            Mutation.RETREAT_FORGOTTEN,
            Mutation.STAGED_FOR_GOOD,
            Mutation.STAGING_FILE_KEPT);

    @Test
    void aMillionRandomStepsKeepThePromise() {
        var report = new Histories(Variation.NONE, SEED).steps(STEPS);

        assertThat(report.stories()).isEmpty();
        assertThat(report.violations()).isZero();
        assertThat(report.steps()).isGreaterThanOrEqualTo(STEPS);
    }

    @Test
    void everyKindOfMishapAndOfRequestHappens() {
        var report = new Histories(Variation.NONE, SEED).steps(STEPS / 10);

        assertThat(report.faults().keySet())
                .containsAll(Arrays.stream(Mishap.values()).map(Enum::name).toList())
                .contains(
                        "KILL",
                        "STALL",
                        "POWER_CUT",
                        "NETWORK_CUT",
                        "STORAGE_LOSS",
                        "GUEST_VANISHES",
                        "RESUMED_BY_HAND");
        assertThat(report.asked())
                .containsKeys(
                        "suspend answered",
                        "resume answered",
                        "migrate answered",
                        "migrate live answered",
                        "stop answered",
                        "start answered",
                        "terminate answered",
                        "verify answered",
                        "delete answered",
                        "recover answered",
                        "gc answered",
                        "suspend all answered",
                        "resume all answered",
                        "evacuate answered",
                        "suspend died");
    }

    @TestFactory
    Stream<DynamicTest> aMissingSafeguardIsNoticedInHistoriesToo() {
        return Arrays.stream(Mutation.values())
                .filter(mutation -> !BEYOND_HISTORIES.contains(mutation))
                .map(mutation -> DynamicTest.dynamicTest(
                        mutation.toString(),
                        () -> assertThat(new Histories(mutation.variation(), SEED).firstViolation(HISTORIES))
                                .isPresent()));
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        var once = History.random(SEED, Variation.NONE);
        var again = History.random(SEED, Variation.NONE);

        assertThat(again.script()).isEqualTo(once.script());
        assertThat(again.steps()).isEqualTo(once.steps());
    }

    @Test
    void aScriptThatIsPlayedAgainGivesTheSameStory() {
        var script = History.random(SEED, Variation.NONE).script();

        var story = History.again(script, Variation.NONE, true).story();

        assertThat(story)
                .isNotEmpty()
                .isEqualTo(History.again(script, Variation.NONE, true).story());
    }

    @Test
    void whatBreaksThePromiseIsToldAsAShortStory() {
        var variation = Mutation.CACHE_KEPT.variation();
        var seed = new Histories(variation, SEED).firstViolation(HISTORIES).orElseThrow();
        var broken = History.random(seed, variation);

        var shortest = Shrinker.shortest(broken, variation);

        assertThat(shortest.acts()).isNotEmpty().hasSizeLessThan(12);
        assertThat(broken.script().acts().size()).isGreaterThan(shortest.acts().size());
        assertThat(Histories.tale(seed, variation)).contains("history " + seed, "  ! ", "is asked to suspend");
    }
}
