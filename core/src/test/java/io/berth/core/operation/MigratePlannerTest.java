package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.PlanText;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VmDirectory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigratePlannerTest {
    private static MigrateSurvey facts(SuspendSurvey saving, HostRef target, List<Failure> obstacles) {
        return facts(saving, target, obstacles, List.of());
    }

    private static MigrateSurvey facts(
            SuspendSurvey saving, HostRef target, List<Failure> obstacles, List<DirectoryMove> moves) {
        return new MigrateSurvey(
                saving, target, false, obstacles, moves, "<domain at='target'/>", "<domain at='source'/>");
    }

    private static Plan plan() {
        return MigratePlanner.plan(facts(Facts.suspend(), Facts.TARGET, List.of()));
    }

    private static List<String> names(Optional<Plan> leg) {
        return leg.orElseThrow().steps().stream().map(Step::name).toList();
    }

    @Test
    void theSourceIsTidiedUpWhenTheGuestRunsAgain() {
        var plan = plan();

        assertThat(names(Optional.of(plan))).endsWith("commit", "destroy", "forget", "release");
        assertThat(names(plan.onward()))
                .containsExactly(
                        "to-attach",
                        "to-drop-cache",
                        "to-link",
                        "to-verify",
                        "to-restore",
                        "to-consume",
                        "to-resume",
                        "to-make-persistent",
                        "to-unlink",
                        "to-detach",
                        "unlink",
                        "detach",
                        "to-delete");
    }

    @Test
    void whatCannotGoOnAtTheTargetComesBackInAGenerationOfItsOwn() {
        var retreat = plan().onward().flatMap(Plan::retreat);

        assertThat(retreat.orElseThrow().hosts()).containsExactly(Facts.SOURCE);
        assertThat(retreat.orElseThrow().steps())
                .filteredOn(Step.AdvanceCheckpoint.class::isInstance)
                .singleElement()
                .satisfies(step ->
                        assertThat(((Step.AdvanceCheckpoint) step).generation()).isEqualTo(2));
        assertThat(retreat.flatMap(Plan::retreat).orElseThrow().steps())
                .extracting(Step::name)
                .containsExactly("left-unlink", "left-detach");
    }

    @Test
    void aFileThatMemoryWentThroughGoesOnEachWayThatAMigrationMayEnd() {
        var saving = Facts.staged(Facts.suspend(), "files", DataSize.ofMebibytes(1000));
        var plan = MigratePlanner.plan(facts(saving, Facts.TARGET, List.of()));
        var back = plan.onward().flatMap(Plan::retreat);

        assertThat(names(plan.onward())).containsSubsequence("to-resume", "unlink", "unstage", "detach");
        assertThat(names(back)).containsSubsequence("back-resume", "back-unstage", "back-delete");
        assertThat(names(back.flatMap(Plan::retreat))).containsExactly("left-unlink", "left-unstage", "left-detach");
    }

    private static Plan plan(boolean isApart) {
        var move = new DirectoryMove(
                new VmDirectory("files", "web \"1\""),
                Facts.SOURCE,
                Facts.TARGET,
                isApart,
                DataSize.ofMebibytes(500),
                List.of(new DirectoryMove.WrittenDisk("vda", "/srv/web \"1\"/disk.0", "disk.0")));
        return MigratePlanner.plan(facts(Facts.suspend(), Facts.TARGET, List.of(), List.of(move)));
    }

    @Test
    void aDirectoryIsBroughtBeforeTheGuestIsRestoredAndLeftLastOfAll() {
        var plan = plan(true);

        assertThat(names(Optional.of(plan))).doesNotContain("find-sharing-files");
        assertThat(names(plan.onward()))
                .startsWith("bring-directory-1", "to-attach")
                .endsWith("to-delete", "leave-directory-1");
        assertThat(plan.onward().orElseThrow().steps().getFirst())
                .isInstanceOfSatisfying(
                        Step.BringDirectory.class,
                        bring -> assertThat(bring.hollow()).isEmpty());
        assertThat(plan.onward().flatMap(Plan::retreat).orElseThrow().all())
                .noneMatch(Step.BringDirectory.class::isInstance);
    }

    @Test
    void whetherItIsSharedIsFoundOutBeforeAnythingIsTouched() {
        assertThat(names(Optional.of(plan(false)))).startsWith("find-sharing-files", "create");
    }

    @Test
    void aPersonSeesWhatGoesAlong() {
        assertThat(String.join("\n", PlanText.lines(plan(false))))
                .contains(
                        "  1 find out whether h1 and h2 share the VM directories on files",
                        "bring directory files:web \"1\" from h1 to h2, unless they share it",
                        "remove directory files:web \"1\" from h1, unless they share it");
    }

    @Test
    void theJournalGivesBackWhatGoesAlong() {
        var plan = plan(false);

        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @Test
    void bothHostsAreGuarded() {
        assertThat(plan().hosts()).containsExactly(Facts.SOURCE, Facts.TARGET);
    }

    @Test
    void aGuestThatItsOwnerHadPausedIsNotLetRunAnywhere() {
        var paused = Facts.suspend(
                GuestState.PAUSED, List.of(), List.of(), OperationSettings.SAFE, true, DataSize.ofMebibytes(1000));
        var plan = MigratePlanner.plan(facts(paused, Facts.TARGET, List.of()));

        assertThat(plan.all()).noneMatch(Step.ResumeGuest.class::isInstance);
    }

    @Test
    void theJournalGivesBackWhatItWasGiven() {
        var plan = plan();

        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @Test
    void aPersonSeesEveryWayItMayGo() {
        assertThat(String.join("\n", PlanText.lines(plan())))
                .contains("--- then ---", "--- instead, if that was undone ---")
                .containsPattern(" 40 detach fast:berth-ckpt-op000000000000001 from h1$");
    }

    @Test
    void aTargetThatIsTheSourceIsRefused() {
        assertRefused(facts(Facts.suspend(), Facts.SOURCE, List.of()), "migrate.same-host");
    }

    @Test
    void aDatastoreWithoutRoomIsToldBeforeAnythingIsTouched() {
        var full = Facts.suspend(
                GuestState.RUNNING, List.of(), List.of(), OperationSettings.SAFE, true, DataSize.ofMebibytes(10));

        assertRefused(facts(full, Facts.TARGET, List.of()), "storage.no-room");
    }

    @Test
    void aGuestThatIsAliveElsewhereOrHasACheckpointOrIsOffIsNotMoved() {
        var copy = new GuestView(Facts.VM, new HostRef("h3"), GuestState.RUNNING, "", false);
        var old = Facts.entry(CheckpointState.COMPLETE, Facts.record(true));

        assertRefused(
                facts(suspend(GuestState.RUNNING, List.of(copy), List.of()), Facts.TARGET, List.of()), "vm.doubled");
        assertRefused(
                facts(suspend(GuestState.RUNNING, List.of(), List.of(old)), Facts.TARGET, List.of()),
                "vm.has-checkpoint");
        assertRefused(
                facts(suspend(GuestState.SHUT_OFF, List.of(), List.of()), Facts.TARGET, List.of()), "vm.not-running");
    }

    private static SuspendSurvey suspend(
            GuestState state, List<GuestView> elsewhere, List<CheckpointLedger.Entry> checkpoints) {
        return Facts.suspend(state, elsewhere, checkpoints, OperationSettings.SAFE, true, DataSize.ofMebibytes(1000));
    }

    @Test
    void whatStandsAgainstTheTargetIsToldBeforeAnythingIsTouched() {
        var weak = Failure.of(FailureKind.ENVIRONMENT, "host.weaker-cpu", "the CPU lacks something")
                .next("choose another host")
                .build();

        assertRefused(facts(Facts.suspend(), Facts.TARGET, List.of(weak)), "host.weaker-cpu");
    }

    private static void assertRefused(MigrateSurvey facts, String code) {
        assertThatThrownBy(() -> MigratePlanner.plan(facts)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.next()).isNotEmpty();
        });
    }
}
