package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuspendPlannerTest {
    private static final DataSize PLENTY = DataSize.ofMebibytes(1000);

    @Test
    void onThinStorageTheVolumeIsThereBeforeTheGuestIsPaused() {
        assertThat(names(SuspendPlanner.plan(Facts.suspend())))
                .containsExactly(
                        "create",
                        "attach",
                        "clear",
                        "link",
                        "writing",
                        "pause",
                        "save",
                        "flush",
                        "verify",
                        "make-transient",
                        "commit",
                        "destroy",
                        "forget",
                        "release",
                        "unlink",
                        "discard",
                        "detach");
    }

    @Test
    void onThickStorageTheGuestIsPausedAndMeasuredFirst() {
        assertThat(names(SuspendPlanner.plan(Facts.suspendThick(List.of(MemoryWriter.SNAPSHOT)))))
                .startsWith("pause", "measure", "create", "attach");
    }

    @Test
    void memoryGoesThroughAFileWhileTheGuestStaysAndTheFileGoesWhenAllIsDone() {
        var plan = SuspendPlanner.plan(staged(Facts.suspend()));
        assertThat(names(plan))
                .containsExactly(
                        "create",
                        "attach",
                        "clear",
                        "link",
                        "writing",
                        "stage",
                        "pause",
                        "save",
                        "upload",
                        "flush",
                        "verify",
                        "make-transient",
                        "commit",
                        "destroy",
                        "forget",
                        "release",
                        "unlink",
                        "unstage",
                        "discard",
                        "detach");
        assertThat(plan.steps().get(plan.pointOfNoReturn()).name()).isEqualTo("destroy");
        assertThat(plan.steps().get(plan.cleanup()).name()).isEqualTo("unlink");
    }

    @Test
    void aThickVolumeIsMadeAsLargeAsTheImageInTheFileIs() {
        var plan = SuspendPlanner.plan(staged(Facts.suspendThick(OperationSettings.SAFE)));
        assertThat(names(plan))
                .startsWith("stage", "pause", "save", "create", "attach")
                .doesNotContain("measure");
        assertThat(plan.steps())
                .filteredOn(Step.CreateVolume.class::isInstance)
                .extracting(step -> ((Step.CreateVolume) step).size().toString())
                .containsExactly("<save.length>");
    }

    @ParameterizedTest
    @EnumSource(
            value = MemoryWriter.class,
            names = {"FAST", "LIVE_STREAM"})
    void aWriterThatNeedsTheVolumeAtOnceIsNotSentThroughAFile(MemoryWriter writer) {
        assertRefused(staged(withWriters(writer)), "staging.no-writer");
    }

    @Test
    void ofSeveralWritersOneIsTakenThatCanWriteToAFile() {
        var plan = SuspendPlanner.plan(
                staged(Facts.suspendThick(List.of(MemoryWriter.FAST, MemoryWriter.SNAPSHOT, MemoryWriter.STREAM))));
        assertThat(plan.steps())
                .filteredOn(Step.SaveMemory.class::isInstance)
                .extracting(step -> ((Step.SaveMemory) step).writer())
                .containsExactly(MemoryWriter.SNAPSHOT);
    }

    @Test
    void aFileWithoutRoomIsRefusedBeforeAnythingIsTouched() {
        assertRefused(Facts.staged(Facts.suspend(), "files", DataSize.ofMebibytes(131)), "storage.no-room");
    }

    @Test
    void aFileOnTheCheckpointsOwnDatastoreIsRefused() {
        assertRefused(Facts.staged(Facts.suspend(), "fast", PLENTY), "staging.same-datastore");
    }

    @Test
    void guestIsDestroyedOnlyAfterTheCommit() {
        var plan = SuspendPlanner.plan(Facts.suspend());
        assertThat(plan.steps().get(plan.pointOfNoReturn())).isInstanceOf(Step.DestroyGuest.class);
        assertThat(plan.steps().get(plan.pointOfNoReturn() - 1)).isInstanceOf(Step.CommitCheckpoint.class);
        assertThat(plan.confirmations()).containsExactly("commit");
    }

    @Test
    void withTheFastWriterThereIsNoWayBackFromTheSaveOn() {
        var plan = SuspendPlanner.plan(withWriters(MemoryWriter.FAST));
        assertThat(plan.steps().get(plan.pointOfNoReturn() - 1)).isInstanceOf(Step.SaveMemory.class);
        assertThat(names(plan)).doesNotContain("destroy").containsSubsequence("save", "flush", "verify", "commit");
    }

    @Test
    void liveStreamIsNotPrecededByAPause() {
        assertThat(names(SuspendPlanner.plan(withWriters(MemoryWriter.LIVE_STREAM))))
                .doesNotContain("pause");
    }

    @Test
    void guestThatItsOwnerPausedIsNotSavedLive() {
        var plan = SuspendPlanner.plan(Facts.suspend(
                GuestState.PAUSED, List.of(), List.of(), List.of(MemoryWriter.LIVE_STREAM), true, PLENTY));
        assertThat(plan.steps())
                .filteredOn(Step.SaveMemory.class::isInstance)
                .extracting(step -> ((Step.SaveMemory) step).writer())
                .containsExactly(MemoryWriter.STREAM);
    }

    @Test
    void volumeHasRoomForTheBound() {
        var create =
                (Step.CreateVolume) SuspendPlanner.plan(Facts.suspend()).steps().getFirst();
        assertThat(create.size()).hasToString("132.0M");
    }

    @Test
    void datastoreWithoutRoomIsRefusedBeforeAnythingIsTouched() {
        assertRefused(
                Facts.suspend(
                        GuestState.RUNNING,
                        List.of(),
                        List.of(),
                        OperationSettings.SAFE,
                        true,
                        DataSize.ofMebibytes(10)),
                "storage.no-room");
    }

    @Test
    void secondLivingCopyIsRefused() {
        var copy = new GuestView(Facts.VM, Facts.TARGET, GuestState.RUNNING, "", false);
        assertRefused(
                Facts.suspend(GuestState.RUNNING, List.of(copy), List.of(), OperationSettings.SAFE, true, PLENTY),
                "vm.doubled");
    }

    @Test
    void guestWithAnUnusedCheckpointIsRefused() {
        var old = Facts.entry(CheckpointState.COMPLETE, Facts.record(true));
        assertRefused(
                Facts.suspend(GuestState.RUNNING, List.of(), List.of(old), OperationSettings.SAFE, true, PLENTY),
                "vm.has-checkpoint");
    }

    @ParameterizedTest
    @EnumSource(
            value = GuestState.class,
            names = {"SHUT_OFF", "BUSY", "BROKEN", "ORPHANED"})
    void guestThatNeitherRunsNorIsPausedIsRefused(GuestState state) {
        assertRefused(
                Facts.suspend(state, List.of(), List.of(), OperationSettings.SAFE, true, PLENTY),
                state == GuestState.SHUT_OFF ? "vm.not-running" : "vm.unfit");
    }

    private static SuspendSurvey staged(SuspendSurvey facts) {
        return Facts.staged(facts, "files", PLENTY);
    }

    private static SuspendSurvey withWriters(MemoryWriter writer) {
        return Facts.suspend(GuestState.RUNNING, List.of(), List.of(), List.of(writer), true, PLENTY);
    }

    private static List<String> names(Plan plan) {
        return plan.steps().stream().map(Step::name).toList();
    }

    private static void assertRefused(SuspendSurvey facts, String code) {
        assertThatThrownBy(() -> SuspendPlanner.plan(facts)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.next()).isNotEmpty();
        });
    }
}
