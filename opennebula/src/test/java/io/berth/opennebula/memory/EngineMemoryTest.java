package io.berth.opennebula.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.EngineEvent;
import io.berth.engine.HostView;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.action.ForeignImage;
import io.berth.opennebula.action.MemoryDeed;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineMemoryTest {
    private static final HostRef HERE = new HostRef("h1");
    private static final HostRef THERE = new HostRef("h2");
    private static final MemoryDeed SAVE = new MemoryDeed.Save("one-5", HERE, "fast");
    private static final MemoryDeed RESTORE = new MemoryDeed.Restore("one-5", HERE, Optional.empty());
    private static final VolumeRef IMAGE = new VolumeRef("rbd", "one-sys-5-checkpoint");
    private static final MemoryDeed RESTORE_IMAGE =
            new MemoryDeed.Restore("one-5", HERE, Optional.of(new ForeignImage(IMAGE, Samples.vm("one-5"))));
    private static final MemoryDeed MOVE = new MemoryDeed.Move("one-5", HERE, THERE);

    private final FakeEngine engine = new FakeEngine();
    private final EngineMemory memory = new EngineMemory(() -> engine);

    @BeforeEach
    void knowHosts() {
        engine.hosts.views.add(new HostView(HERE, "h1", "libvirt"));
        engine.hosts.views.add(new HostView(THERE, "h2", "libvirt"));
    }

    @Test
    void theEngineIsAskedForWhatTheMessageSaysAndNotForWhatTheVmsHistorySays() {
        assertThat(memory.perform(SAVE, new ScriptedWaiting())).isEqualTo(new Verdict.Done(""));
        assertThat(memory.perform(RESTORE, new ScriptedWaiting())).isEqualTo(new Verdict.Done(""));
        assertThat(memory.perform(MOVE, new ScriptedWaiting())).isEqualTo(new Verdict.Done(""));

        assertThat(engine.machines.suspended).containsExactly(from(HERE, Optional.of("fast")));
        assertThat(engine.machines.resumed).containsExactly(ResumeRequest.of("one-5", HERE));
        assertThat(engine.machines.migrated)
                .containsExactly(new MigrateRequest(from(HERE, Optional.empty()), THERE, MigrationMode.LIVE));
    }

    private static SuspendRequest from(HostRef host, Optional<String> datastore) {
        return new SuspendRequest("one-5", Optional.of(host), datastore, Optional.empty(), Optional.empty(), false);
    }

    @Test
    void aHostThatBerthDoesNotKnowIsToldBeforeAnythingIsTouched() {
        engine.hosts.views.removeLast();

        assertThat(memory.prepare(MOVE, new ScriptedWaiting()))
                .isInstanceOfSatisfying(
                        Readiness.Refused.class,
                        refused -> assertThat(refused.why().next())
                                .isEqualTo(
                                        "add it under the name that it has in" + " OpenNebula: 'berth host add h2'"));
    }

    @Test
    void anEngineThatCannotBeOpenedRefusesBeforeAnythingIsTouched() {
        var broken = new EngineMemory(() -> {
            throw failure("configuration.bad", FailureKind.CALLER);
        });

        assertThat(broken.prepare(SAVE, new ScriptedWaiting())).isInstanceOf(Readiness.Refused.class);
    }

    @Test
    void aRefusalIsAFailureWhileTheGuestRuns() {
        refusing("storage.no-room", FailureKind.STORAGE);
        see(MachineState.RUNNING, HERE);

        assertThat(memory.perform(SAVE, new ScriptedWaiting()))
                .isInstanceOfSatisfying(
                        Verdict.NotDone.class,
                        notDone -> assertThat(notDone.why().code()).isEqualTo("storage.no-room"));
    }

    @Test
    void aSaveThatIsAskedForAgainIsDoneWhenTheGuestIsInItsCheckpoint() {
        refusing("vm.suspended", FailureKind.CONFLICT);
        see(MachineState.SUSPENDED, HERE);

        assertThat(memory.perform(SAVE, new ScriptedWaiting())).isInstanceOf(Verdict.Done.class);
    }

    /** The guest may be in a checkpoint that nobody can show: a failure would have the core take it for running. */
    @Test
    void aRefusalIsNoAnswerWhileAStorageThatMayHoldTheCheckpointIsSilent() {
        refusing("vm.unknown", FailureKind.CALLER);
        engine.machines.silent.add(failure("storage.down", FailureKind.STORAGE));
        var waiting = new ScriptedWaiting(() -> {}, () -> {
            engine.machines.silent.clear();
            see(MachineState.SUSPENDED, HERE);
        });

        assertThat(memory.perform(SAVE, waiting)).isInstanceOf(Verdict.Done.class);
        assertThat(waiting.told).hasSize(1);
        assertThat(waiting.told.getFirst()).startsWith("No answer until it is known where the VM is: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "ACTIVE"})
    void whatIsNotKnownIsRecoveredAndLookedAtAndNotDoneASecondTime(OperationState state) {
        ending(state);
        engine.upkeep.open.add(Samples.entry("one-5", state, ""));
        var waiting = new ScriptedWaiting(() -> {}, () -> {}, () -> {
            engine.upkeep.open.clear();
            see(MachineState.SUSPENDED, HERE);
        });

        assertThat(memory.perform(SAVE, waiting)).isInstanceOf(Verdict.Done.class);
        assertThat(engine.machines.suspended).hasSize(1);
        assertThat(engine.upkeep.asked).containsExactly("recover []", "recover []");
    }

    @Test
    void whatTurnsOutToBeUndoneIsAFailureWithTheReasonItHadAtFirst() {
        ending(OperationState.PENDING);
        var waiting = new ScriptedWaiting(() -> see(MachineState.RUNNING, HERE));

        assertThat(memory.perform(SAVE, waiting))
                .isInstanceOfSatisfying(
                        Verdict.NotDone.class,
                        notDone -> assertThat(notDone.why().code()).isEqualTo("test.failure"));
    }

    /** Its complete checkpoint is the guest from then on; the paused one on a silent host is recovery's. */
    @Test
    void aCompleteCheckpointIsASuccessThoughItsHostCannotBeTidiedUp() {
        ending(OperationState.PENDING);
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.PENDING, ""));
        see(MachineState.SUSPENDED, HERE, true);

        assertThat(memory.perform(SAVE, new ScriptedWaiting(() -> {}))).isInstanceOf(Verdict.Done.class);
    }

    @Test
    void aGuestThatRunsBesideACheckpointIsNotSaved() {
        ending(OperationState.PENDING);
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.PENDING, ""));
        see(MachineState.RUNNING, HERE, true);
        var waiting = new ScriptedWaiting(() -> {}, () -> {});

        assertThat(memory.perform(SAVE, waiting)).isInstanceOf(Verdict.NotDone.class);
        assertThat(waiting.cancellation().requested()).as("it had no answer").isTrue();
    }

    @Test
    void anotherOperationOfTheGuestsIsWaitedFor() {
        refusing("vm.busy", FailureKind.CONFLICT);
        var waiting = new ScriptedWaiting(() -> engine.machines.outcome = (vm, watch) -> Samples.report(vm));

        assertThat(memory.perform(SAVE, waiting)).isEqualTo(new Verdict.Done(""));
        assertThat(engine.machines.suspended).hasSize(2);
    }

    @Test
    void anEngineThatFailsWhileItWorksHasNotSaidThatNothingWasDone() {
        engine.machines.outcome = (vm, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(vm), 9));
            throw failure("journal.full", FailureKind.ENVIRONMENT);
        };
        var waiting = new ScriptedWaiting(() -> see(MachineState.SUSPENDED, HERE));

        assertThat(memory.perform(SAVE, waiting)).isInstanceOf(Verdict.Done.class);
        assertThat(engine.machines.suspended).hasSize(1);
    }

    @Test
    void aMistakeOfBerthsInTheMiddleIsLookedAfterToo() {
        engine.machines.outcome = (vm, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(vm), 9));
            throw new IllegalStateException("a bug");
        };
        var waiting = new ScriptedWaiting(() -> see(MachineState.RUNNING, HERE));

        assertThat(memory.perform(SAVE, waiting))
                .isInstanceOfSatisfying(
                        Verdict.NotDone.class,
                        notDone -> assertThat(notDone.why().why()).contains("a bug"));
    }

    @Test
    void aDaemonThatIsLostMayHaveDoneIt() {
        refusing("daemon.lost", FailureKind.UNKNOWN_OUTCOME);
        var waiting = new ScriptedWaiting(() -> see(MachineState.SUSPENDED, HERE));

        assertThat(memory.perform(SAVE, waiting)).isInstanceOf(Verdict.Done.class);
        assertThat(engine.machines.suspended).hasSize(1);
    }

    @Test
    void whatACrashLeftIsSettledBeforeAnythingNewIsBegun() {
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.ACTIVE, ""));
        engine.upkeep.open.add(Samples.entry("one-6", OperationState.ACTIVE, ""));
        var waiting = new ScriptedWaiting(() -> engine.upkeep.open.removeFirst());

        assertThat(memory.prepare(SAVE, waiting)).isEqualTo(new Readiness.Ready());
        assertThat(engine.upkeep.asked).containsExactly("recover []");
        assertThat(waiting.told).singleElement().asString().contains("has an unfinished suspend");
    }

    @Test
    void aGuestThatIsThereAlreadyIsNeitherRestoredNorMovedAgain() {
        see(MachineState.RUNNING, HERE);
        assertThat(memory.prepare(RESTORE, new ScriptedWaiting())).isEqualTo(new Readiness.Already());

        engine.machines.views.clear();
        see(MachineState.PAUSED, THERE);
        assertThat(memory.prepare(MOVE, new ScriptedWaiting())).isEqualTo(new Readiness.Already());
    }

    @Test
    void aGuestWithoutACheckpointIsAbsentOnlyWhenEverybodyWasAsked() {
        assertThat(memory.prepare(RESTORE, new ScriptedWaiting())).isEqualTo(new Readiness.Absent());

        engine.machines.silent.add(failure("storage.down", FailureKind.STORAGE));
        assertThat(memory.prepare(RESTORE, new ScriptedWaiting())).isEqualTo(new Readiness.Ready());
    }

    @Test
    void memoryThatScriptsSavedIsAdoptedWhereItLiesAndThenRestored() {
        engine.checkpoints.adopted = request -> {
            assertThat(engine.machines.resumed).isEmpty();
            assertThat(request.host()).isEqualTo(HERE);
            assertThat(request.deadHosts()).isEmpty();
            see(MachineState.SUSPENDED, HERE);
            return Samples.report("one-5");
        };

        assertThat(memory.prepare(RESTORE_IMAGE, new ScriptedWaiting())).isEqualTo(new Readiness.Ready());
        assertThat(engine.checkpoints.asked).as("nothing is touched yet").isEmpty();
        assertThat(memory.perform(RESTORE_IMAGE, new ScriptedWaiting())).isInstanceOf(Verdict.Done.class);

        assertThat(engine.checkpoints.asked)
                .containsExactly("adopt " + IMAGE + " " + Samples.vm("one-5").uuid());
        assertThat(engine.machines.resumed).containsExactly(ResumeRequest.of("one-5", HERE));
    }

    @Test
    void aGuestWhoseMemoryIsElsewhereIsNotRestoredFromAnImageThatScriptsLeft() {
        see(MachineState.SUSPENDED, HERE);

        assertThat(memory.prepare(RESTORE_IMAGE, new ScriptedWaiting())).isEqualTo(new Readiness.Ready());
        assertThat(memory.perform(RESTORE_IMAGE, new ScriptedWaiting())).isInstanceOf(Verdict.Done.class);

        assertThat(engine.checkpoints.asked).isEmpty();
    }

    @Test
    void aGuestWithoutAnImageIsAbsentAndOneWhoseImageCannotBeAdoptedIsRefused() {
        engine.checkpoints.adoptable = request -> {
            throw failure("volume.absent", FailureKind.CALLER);
        };
        assertThat(memory.prepare(RESTORE_IMAGE, new ScriptedWaiting())).isEqualTo(new Readiness.Absent());

        engine.checkpoints.adoptable = request -> {
            throw failure("checkpoint.known", FailureKind.CONFLICT);
        };
        assertThat(memory.prepare(RESTORE_IMAGE, new ScriptedWaiting())).isInstanceOf(Readiness.Refused.class);
    }

    @Test
    void anAdoptionThatFailsIsTheRestoresFailureAndNothingIsRestored() {
        engine.checkpoints.adopted = request -> Samples.report(
                "one-5", OperationState.FAILED, Optional.of(Samples.failure(FailureKind.STORAGE)), false);

        assertThat(memory.perform(RESTORE_IMAGE, new ScriptedWaiting()))
                .isInstanceOfSatisfying(
                        Verdict.NotDone.class,
                        notDone -> assertThat(notDone.why().code()).isEqualTo("test.failure"));
        assertThat(engine.machines.resumed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"daemon.lost", "vm.busy"})
    void anAdoptionOfWhichNothingIsKnownIsLookedAfterAndTheGuestThenRestored(String code) {
        engine.checkpoints.adopted = request -> {
            throw failure(code, code.equals("vm.busy") ? FailureKind.CONFLICT : FailureKind.UNKNOWN_OUTCOME);
        };
        engine.upkeep.open.add(Samples.entry("one-5", OperationState.ACTIVE, ""));
        var waiting = new ScriptedWaiting(() -> {}, () -> {
            engine.upkeep.open.clear();
            see(MachineState.SUSPENDED, HERE);
        });

        assertThat(memory.perform(RESTORE_IMAGE, waiting)).isInstanceOf(Verdict.Done.class);
        assertThat(engine.checkpoints.asked).hasSize(1);
        assertThat(engine.machines.resumed).hasSize(1);
    }

    @Test
    void aRestoreWaitsWhileItsHostMayRunTheGuestAlready() {
        engine.machines.silent.add(Failure.of(FailureKind.ENVIRONMENT, "host.no-answer", "no answer")
                .host(HERE)
                .next("wait")
                .build());
        var waiting = new ScriptedWaiting(() -> {
            engine.machines.silent.clear();
            see(MachineState.SUSPENDED, HERE);
        });

        assertThat(memory.prepare(RESTORE, waiting)).isEqualTo(new Readiness.Ready());
        assertThat(waiting.told).hasSize(1);
    }

    @Test
    void aRequestThatIsTakenBackStopsTheEngine() {
        engine.machines.outcome = (vm, watch) -> {
            assertThat(watch.cancellation().requested()).isTrue();
            return Samples.report(
                    vm, OperationState.FAILED, Optional.of(Samples.failure(FailureKind.CANCELLED)), false);
        };
        var waiting = new ScriptedWaiting();
        waiting.cancellation().request();

        assertThat(memory.perform(SAVE, waiting)).isInstanceOf(Verdict.NotDone.class);
    }

    private void see(MachineState state, HostRef host) {
        see(state, host, false);
    }

    private void see(MachineState state, HostRef host, boolean hasCheckpoint) {
        engine.machines.views.add(new MachineView(
                Samples.vm("one-5"),
                state,
                host,
                "",
                hasCheckpoint ? Optional.of(Samples.VOLUME) : Optional.empty(),
                Optional.empty()));
    }

    private void refusing(String code, FailureKind kind) {
        engine.machines.outcome = (vm, watch) -> {
            throw failure(code, kind);
        };
    }

    private void ending(OperationState state) {
        engine.machines.outcome =
                (vm, watch) -> Samples.report(vm, state, Optional.of(Samples.failure(FailureKind.ENVIRONMENT)), false);
    }

    private static Failure failure(String code, FailureKind kind) {
        return Failure.of(kind, code, "it can't be").next("see").build();
    }
}
