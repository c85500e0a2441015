package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.TerminateSurvey.Attached;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TerminatePlannerTest {
    private static final String CHECKPOINT = "berth-ckpt-op000000000000000";

    private static GuestView view(HostRef host) {
        return new GuestView(Facts.VM, host, GuestState.RUNNING, "", true);
    }

    private static Attached attached(CheckpointState state, boolean released, HostRef... hosts) {
        return new Attached(Facts.entry(state, Facts.record(released)), Set.of(hosts));
    }

    private static TerminateSurvey facts(
            List<GuestView> views, Set<HostRef> silent, Set<HostRef> dead, Attached... checkpoints) {
        return new TerminateSurvey(Facts.TOKEN, views, silent, dead, List.of(checkpoints), "/var/lib/berth/vms");
    }

    private static List<String> names(TerminateSurvey facts) {
        return TerminatePlanner.plan(facts).steps().stream().map(Step::name).toList();
    }

    @Test
    void aCheckpointIsConsumedBeforeAnyGuestIsEndedAndDeletedLast() {
        assertThat(names(facts(
                        List.of(view(Facts.SOURCE), view(Facts.TARGET)),
                        Set.of(),
                        Set.of(),
                        attached(CheckpointState.COMPLETE, true, Facts.SOURCE))))
                .containsExactly(
                        "consume-" + CHECKPOINT,
                        "end-on-h1",
                        "end-on-h2",
                        "unlink-on-h1",
                        "detach-" + CHECKPOINT + "-from-h1",
                        "delete-" + CHECKPOINT);
    }

    @Test
    void nothingOfItIsEverUndone() {
        var plan = TerminatePlanner.plan(facts(List.of(view(Facts.SOURCE)), Set.of(), Set.of()));

        assertThat(plan.pointOfNoReturn()).isZero();
    }

    @Test
    void aCheckpointThatWasUsedIsOnlyDeleted() {
        assertThat(names(facts(List.of(), Set.of(), Set.of(), attached(CheckpointState.CONSUMED, true))))
                .containsExactly("delete-" + CHECKPOINT);
    }

    @Test
    void aSilentHostThatMayRunItIsRefusedUnlessItIsSaidToBeDead() {
        assertRefused(facts(List.of(), Set.of(Facts.TARGET), Set.of()));
        assertRefused(facts(List.of(), Set.of(Facts.TARGET), Set.of(), attached(CheckpointState.COMPLETE, false)));

        assertThat(names(facts(List.of(view(Facts.SOURCE)), Set.of(Facts.TARGET), Set.of(Facts.TARGET))))
                .containsExactly("end-on-h1");
    }

    @Test
    void aSilentHostIsNoObstacleWhenTheCheckpointProvesThatNoHostHasIt() {
        assertThat(names(facts(List.of(), Set.of(Facts.TARGET), Set.of(), attached(CheckpointState.COMPLETE, true))))
                .isNotEmpty();
    }

    private static void assertRefused(TerminateSurvey facts) {
        assertThatThrownBy(() -> TerminatePlanner.plan(facts))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("host.silent"));
    }
}
