package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResumePlannerTest {
    @Test
    void guestRunsOnlyAfterItsCheckpointIsConsumed() {
        assertThat(names(ResumePlanner.plan(Facts.resume())))
                .containsExactly(
                        "attach",
                        "drop-cache",
                        "link",
                        "verify",
                        "restore",
                        "consume",
                        "resume",
                        "make-persistent",
                        "unlink",
                        "detach",
                        "delete");
    }

    @Test
    void pointOfNoReturnLiesBetweenConsumedAndResumed() {
        var plan = ResumePlanner.plan(Facts.resume());
        assertThat(plan.steps().get(plan.pointOfNoReturn())).isInstanceOf(Step.ResumeGuest.class);
        assertThat(plan.confirmations()).containsExactly("restore");
    }

    @ParameterizedTest
    @EnumSource(value = CheckpointState.class, names = "COMPLETE", mode = EnumSource.Mode.EXCLUDE)
    void checkpointThatIsNotCompleteIsRefused(CheckpointState state) {
        assertRefused(
                Facts.resume(state, true, List.of(), Set.of(), Set.of()),
                state == CheckpointState.CONSUMED ? "checkpoint.consumed" : "checkpoint.incomplete");
    }

    @ParameterizedTest
    @EnumSource(value = GuestState.class, names = "SHUT_OFF", mode = EnumSource.Mode.EXCLUDE)
    void livingCopyAnywhereIsRefused(GuestState state) {
        var copy = new GuestView(Facts.VM, new HostRef("h3"), state, "", true);
        assertRefused(Facts.resume(CheckpointState.COMPLETE, true, List.of(copy), Set.of(), Set.of()), "vm.exists");
    }

    @Test
    void silentSourceThatMayStillHaveThePausedGuestIsRefused() {
        assertRefused(
                Facts.resume(CheckpointState.COMPLETE, false, List.of(), Set.of(Facts.SOURCE), Set.of()),
                "host.silent");
    }

    @Test
    void silentSourceIsNoObstacleOnceItWasReleased() {
        assertThat(ResumePlanner.plan(
                                Facts.resume(CheckpointState.COMPLETE, true, List.of(), Set.of(Facts.SOURCE), Set.of()))
                        .steps())
                .isNotEmpty();
    }

    @Test
    void silentSourceIsNoObstacleWhenAPersonSaysItIsDead() {
        assertThat(ResumePlanner.plan(Facts.resume(
                                CheckpointState.COMPLETE, false, List.of(), Set.of(Facts.SOURCE), Set.of(Facts.SOURCE)))
                        .steps())
                .isNotEmpty();
    }

    @Test
    void staleDefinitionElsewhereIsForgottenAfterThePointOfNoReturn() {
        var stale = new GuestView(Facts.VM, Facts.SOURCE, GuestState.SHUT_OFF, "", true);
        var plan = ResumePlanner.plan(Facts.resume(CheckpointState.COMPLETE, true, List.of(stale), Set.of(), Set.of()));
        assertThat(names(plan)).contains("forget-on-h1");
        assertThat(names(plan).indexOf("forget-on-h1")).isGreaterThanOrEqualTo(plan.pointOfNoReturn());
    }

    private static List<String> names(Plan plan) {
        return plan.steps().stream().map(Step::name).toList();
    }

    private static void assertRefused(ResumeSurvey facts, String code) {
        assertThatThrownBy(() -> ResumePlanner.plan(facts)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.next()).isNotEmpty();
        });
    }
}
