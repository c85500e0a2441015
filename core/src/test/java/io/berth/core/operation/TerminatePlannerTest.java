package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.TerminateSurvey.Attached;
import io.berth.core.operation.TerminateSurvey.Home;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VmDirectory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TerminatePlannerTest {
    private static final String CHECKPOINT = "berth-ckpt-op000000000000000";

    private static final Home HOME = new Home(new VmDirectory("files", "web one"), Facts.SOURCE);

    private static GuestView view(HostRef host) {
        return new GuestView(Facts.VM, host, GuestState.RUNNING, "", true);
    }

    private static Attached attached(CheckpointState state, boolean released, HostRef... hosts) {
        return new Attached(Facts.entry(state, Facts.record(released)), Set.of(hosts));
    }

    private static TerminateSurvey facts(
            List<GuestView> views, Set<HostRef> silent, Set<HostRef> dead, Attached... checkpoints) {
        return facts(views, silent, dead, List.of(checkpoints), List.of(), false, List.of());
    }

    private static TerminateSurvey facts(boolean deletesHomes, List<Failure> obstacles) {
        return facts(
                List.of(view(Facts.SOURCE)), Set.of(), Set.of(), List.of(), List.of(HOME), deletesHomes, obstacles);
    }

    private static TerminateSurvey facts(
            List<GuestView> views,
            Set<HostRef> silent,
            Set<HostRef> dead,
            List<Attached> checkpoints,
            List<Home> homes,
            boolean deletesHomes,
            List<Failure> obstacles) {
        return new TerminateSurvey(
                Facts.TOKEN, views, silent, dead, checkpoints, homes, deletesHomes, obstacles, "/var/lib/berth/vms");
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

    @Test
    void aDirectoryGoesLastOfAllAndOnlyWhenItIsAskedFor() {
        assertThat(TerminatePlanner.plan(facts(true, List.of())).steps())
                .endsWith(
                        new Step.SetDirectoryAside("set-aside-directory-1", HOME.directory(), HOME.at()),
                        new Step.DeleteDirectory("delete-directory-1", HOME.directory(), HOME.at()));
        assertThat(TerminatePlanner.plan(facts(false, List.of())).steps())
                .endsWith(new Step.KeepDirectory("keep-directory-1", HOME.directory(), HOME.at()));
    }

    @Test
    void theEndIsDoneWhenTheGuestIsGoneThoughItsDirectoryIsNot() {
        var plan = TerminatePlanner.plan(facts(true, List.of()));

        assertThat(plan.steps().subList(plan.cleanup(), plan.steps().size()))
                .extracting(Step::name)
                .containsExactly("set-aside-directory-1", "delete-directory-1");
    }

    @Test
    void whatStandsAgainstTheDeletionRefusesItAllAndOnlyThen() {
        var used = Failure.of(FailureKind.CONFLICT, "directory.used", "it won't be deleted")
                .next("keep it")
                .build();

        assertThatThrownBy(() -> TerminatePlanner.plan(facts(true, List.of(used))))
                .isSameAs(used);

        assertThat(names(facts(false, List.of(used)))).contains("end-on-h1");
    }

    private static void assertRefused(TerminateSurvey facts) {
        assertThatThrownBy(() -> TerminatePlanner.plan(facts))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("host.silent"));
    }
}
