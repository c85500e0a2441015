package io.berth.driver.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    @Test
    void atOnceNoneWaitsForAnother() {
        var both = new CyclicBarrier(2);

        try (var questions = Questions.atOnce()) {
            var first = questions.ask(() -> meet(both));
            var second = questions.ask(() -> meet(both));

            assertThat(first.get() + second.get()).isEqualTo(1);
        }
    }

    private static int meet(CyclicBarrier all) {
        try {
            return all.await(30, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new AssertionError("the other one wasn't asked", alone);
        }
    }

    @Test
    void whatAQuestionThrowsIsThrownWhereItsAnswerIsFetched() {
        try (var questions = Questions.atOnce()) {
            var broken = questions.ask(() -> {
                throw silent();
            });
            var sound = questions.ask(() -> "here");

            assertThat(sound.get()).isEqualTo("here");
            assertThatThrownBy(broken::get).isInstanceOf(Failure.class).hasMessageContaining("silent");
        }
    }

    /** The simulator's histories are played again by the order of their calls. */
    @Test
    void inTurnEachIsAskedWhenItsAnswerIsFetched() {
        var asked = new ArrayList<String>();

        try (var questions = Questions.inTurn()) {
            var first = questions.ask(() -> asked.add("first"));
            var second = questions.ask(() -> asked.add("second"));
            var _ = questions.ask(() -> asked.add("never fetched"));
            var _ = second.get();
            var _ = first.get();
        }

        assertThat(asked).containsExactly("second", "first");
    }

    private static Failure silent() {
        return Failure.of(FailureKind.ENVIRONMENT, "host.silent", "the host is silent")
                .next("wait")
                .build();
    }
}
