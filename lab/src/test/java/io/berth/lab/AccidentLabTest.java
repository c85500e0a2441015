package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fails in the world while a guest is suspended costs the guest nothing. */
@ExtendWith(LabExtension.class)
class AccidentLabTest {
    private final Site site;
    private final Lab lab;
    private final Ferry ferry;

    AccidentLabTest(Site site) {
        this.site = site;
        this.lab = site.lab();
        this.ferry = new Ferry(site);
    }

    @ParameterizedTest
    @EnumSource
    void suspendKeepsTheGuestRunningWhenTheVolumeIsTooSmall(MemoryWriter writer) {
        var here = ferry.running();
        var before = ferry.hear();

        var result =
                ferry.suspend(ferry.request(writer, DataSize.ofMebibytes(16))).result();

        assertThat(result.state()).isEqualTo(OperationState.FAILED);
        assertThat(result.failure().orElseThrow().code()).isEqualTo("device.full");
        ferry.assertGoesOnAt(here, before);
    }

    @ParameterizedTest
    @EnumSource(
            value = Lab.Fault.class,
            names = {"FLUSH", "WRITE", "FULL"})
    void suspendKeepsTheGuestRunningWhenTheStorageFails(Lab.Fault fault) {
        var here = ferry.running();
        var before = ferry.hear();

        var report = site.engine()
                .machines()
                .suspend(
                        ferry.request(Site.FRAGILE, MemoryWriter.STREAM),
                        atStep("save", () -> lab.fault(here.name(), fault)));

        assertThat(report.result().succeeded()).isFalse();
        ferry.goesOn(before);
        lab.fault(here.name(), Lab.Fault.NONE);
        ferry.recover();
        ferry.assertGoesOnAt(here, before);
    }

    /** The hypervisor ended the guest itself: only forward from there. */
    @Test
    void theFastWritersImageIsKeptUntilItsFlushSucceeds() {
        var here = ferry.running();
        var before = ferry.hear();

        var report = site.engine()
                .machines()
                .suspend(
                        ferry.request(Site.FRAGILE, MemoryWriter.FAST),
                        atStep("flush", () -> lab.fault(here.name(), Lab.Fault.FLUSH)));

        assertThat(report.result().state()).isEqualTo(OperationState.PENDING);
        assertThat(ferry.traces().volumes()).hasSize(1);
        lab.fault(here.name(), Lab.Fault.NONE);
        ferry.recover();
        ferry.assertSuspended();
        Ferry.requireSuccess(ferry.resume(Site.other(here)));
        ferry.assertGoesOnAt(Site.other(here), before);
    }

    @Test
    void aDatastoreWithoutRoomOrReadOnlyIsRefusedBeforeTheGuestIsTouched() {
        ferry.runningOn(Site.H1);
        var before = ferry.hear();
        lab.in("h1", "mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", Site.ODD_FOLDER)
                .orFail();
        try {
            var noRoom = refusal(ferry.request(Site.ODD, MemoryWriter.STREAM));
            assertThat(noRoom.code()).isEqualTo("storage.no-room");

            lab.in("h1", "mount", "-o", "remount,size=1g,ro", Site.ODD_FOLDER).orFail();
            var readOnly = refusal(ferry.request(Site.ODD, MemoryWriter.STREAM));
            assertThat(readOnly.kind()).isEqualTo(FailureKind.STORAGE);
            assertThat(readOnly.code()).contains("read-only");
        } finally {
            lab.in("h1", "umount", Site.ODD_FOLDER).orFail();
        }
        ferry.assertGoesOnAt(Site.H1, before);
    }

    /** Refused outright, or undone. */
    private Failure refusal(SuspendRequest request) {
        try {
            var result = ferry.suspend(request).result();
            assertThat(result.state()).isEqualTo(OperationState.FAILED);
            return result.failure().orElseThrow();
        } catch (Failure refused) {
            return refused;
        }
    }

    @Test
    void aBlockJobIsSeenBeforeTheGuestIsTouched() {
        var here = ferry.running();
        var before = ferry.hear();
        ferry.virsh(here, "blockcopy", ferry.name(), "vda", "/srv/berth/copy.raw", "--transient-job", "--format", "raw")
                .orFail();
        try {
            var refusal = refusal(SuspendRequest.of(ferry.name()));
            assertThat(refusal.code()).isEqualTo("vm.block-job");
            assertThat(ferry.state(here)).isEqualTo("running");
        } finally {
            ferry.virsh(here, "blockjob", ferry.name(), "vda", "--abort").orFail();
        }
        ferry.assertGoesOnAt(here, before);
    }

    @Test
    void aSecondEngineHearsThatTheVmIsBusy() {
        var here = ferry.running();
        var before = ferry.hear();
        try (var second = site.otherEngine()) {
            var refusals = new CompletableFuture<Failure>();
            var report = site.engine()
                    .machines()
                    .suspend(
                            SuspendRequest.of(ferry.name()),
                            atStep(
                                    "save",
                                    () -> refusals.complete(catchThrowableOfType(
                                            Failure.class,
                                            () -> second.machines()
                                                    .suspend(SuspendRequest.of(ferry.name()), Watch.none())))));

            Ferry.requireSuccess(report);
            assertThat(refusals.join().kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(refusals.join().code()).isIn("vm.busy", "vm.needs-recovery");
            Ferry.requireSuccess(ferry.resume(here));
            ferry.assertGoesOnAt(here, before);
        }
    }

    @Test
    void aCutHostIsRefusedAndOneCutDuringTheSaveIsPutRight() {
        var here = ferry.running();
        var before = ferry.hear();
        var report = whileMoving(() -> lab.cut(here.name()));

        assertThat(report.result().state()).isEqualTo(OperationState.PENDING);
        // Still cut: nothing new is begun, and nothing is guessed.
        assertThat(catchThrowableOfType(Failure.class, () -> ferry.suspend(SuspendRequest.of(ferry.name()))))
                .isNotNull()
                .satisfies(failure -> assertThat(failure.next()).isNotBlank());
        assertThat(site.engine().upkeep().recover(Set.of(), Watch.none()))
                .filteredOn(one -> one.operation().vm().name().equals(ferry.name()))
                .allSatisfy(one -> assertThat(one.obstacle()).isPresent());

        lab.join(here.name());
        site.awaitHosts();
        ferry.recover();
        ferry.assertGoesOnAt(here, before);
    }

    @Test
    void memoryIsReportedLostWhenItsHostDiesInTheMiddleAndNothingIsLeft() {
        var here = ferry.running();
        var report = whileMoving(() -> lab.powerOff(here.name()));

        assertThat(report.result().succeeded()).isFalse();
        // A dying host may still have said that the guest is gone.
        if (!report.result().memoryLost()) {
            assertThat(site.engine().upkeep().recover(Set.of(), Watch.none()))
                    .filteredOn(one -> one.operation().vm().name().equals(ferry.name()))
                    .hasSize(1)
                    .allSatisfy(one ->
                            assertThat(one.obstacle().orElseThrow().code()).isEqualTo("host.silent"));
            assertThat(site.engine().upkeep().recover(Set.of(here), Watch.none()))
                    .filteredOn(one -> one.operation().vm().name().equals(ferry.name()))
                    .hasSize(1)
                    .allSatisfy(one ->
                            assertThat(one.result().orElseThrow().memoryLost()).isTrue());
        }

        assertThat(ferry.traces().volumes()).isEmpty();
        theVmStartsAgainAndCanBeSuspended(here);
    }

    /** Nobody hears how it ended, and the host never comes back to be asked: what it wrote is looked at elsewhere. */
    @Test
    void whatAFastSaveHadWrittenIsFoundThoughItsHostIsDeadForGood() {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();

        var report = site.engine()
                .machines()
                .suspend(ferry.request(Site.FAST, MemoryWriter.FAST), atStep("flush", () -> lab.powerOff(here.name())));

        assertThat(report.result().state()).isEqualTo(OperationState.PENDING);
        ferry.recover(here);
        ferry.assertInOneVolume();
        Ferry.requireSuccess(ferry.resume(there));
        ferry.goesOn(before);

        lab.powerOn(here.name());
        site.awaitHosts();
        site.engine().upkeep().collectGarbage(true);
        ferry.assertGoesOnAt(there, before);
        assertThat(ferry.virsh(here, "list", "--all", "--name").output()).doesNotContain(ferry.name());
    }

    /** What its owner wanted a moment before holds; nothing of the guest is lost. */
    @Test
    void aGuestThatIsUndefinedInBetweenIsSavedAllTheSame() {
        var here = ferry.running();
        var before = ferry.hear();

        Ferry.requireSuccess(site.engine()
                .machines()
                .suspend(
                        SuspendRequest.of(ferry.name()),
                        atStep(
                                "save",
                                () -> ferry.virsh(here, "undefine", ferry.name())
                                        .orFail())));

        ferry.assertSuspended();
        Ferry.requireSuccess(ferry.resume(Site.other(here)));
        ferry.assertGoesOnAt(Site.other(here), before);
    }

    @Test
    void aGuestThatIsEndedInBetweenLeavesNothingAndCanBeStarted() {
        var here = ferry.running();

        var report = site.engine()
                .machines()
                .suspend(
                        SuspendRequest.of(ferry.name()),
                        atStep(
                                "pause",
                                () -> ferry.virsh(here, "destroy", ferry.name()).orFail()));

        assertThat(report.result().state()).isEqualTo(OperationState.FAILED);
        ferry.assertNothingLeft();
        ferry.virsh(here, "start", ferry.name()).orFail();
        lab.boots(ferry.name());
    }

    /** Its host's disk still has the link that the dead could not remove. */
    private void theVmStartsAgainAndCanBeSuspended(HostRef here) {
        lab.powerOn(here.name());
        site.awaitHosts();
        ferry.virsh(here, "start", ferry.name()).orFail();
        var anew = lab.boots(ferry.name());
        Ferry.requireSuccess(ferry.suspend(SuspendRequest.of(ferry.name())));
        Ferry.requireSuccess(ferry.resume(here));
        ferry.assertGoesOnAt(here, anew);
    }

    /** Onto the slower storage, and at its first sign of progress. */
    private Report whileMoving(Runnable accident) {
        var once = new AtomicBoolean();
        return site.engine().machines().suspend(ferry.request(Site.FRAGILE, MemoryWriter.STREAM), on(event -> {
            if (event instanceof EngineEvent.StepBegins begins
                    && begins.step().equals("save")
                    && once.compareAndSet(false, true)) {
                accident.run();
            }
        }));
    }

    private static Watch atStep(String step, Runnable action) {
        return on(event -> {
            if (event instanceof EngineEvent.StepBegins begins
                    && begins.step().equals(step)
                    && begins.direction() == Direction.FORWARD) {
                action.run();
            }
        });
    }

    private static Watch on(Consumer<EngineEvent> listener) {
        return new Watch(listener, Cancellation.never());
    }
}
