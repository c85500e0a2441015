package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.storage.CheckpointState;

/** From here the checkpoint is the VM. */
final class CommitCheckpointHandler implements StepHandler<Step.CommitCheckpoint> {
    @Override
    public Probe probe(Step.CommitCheckpoint step, StepRun run) {
        return Probe.doneIf(isOurs(step, run) && stands(step, run));
    }

    @Override
    public Outputs perform(Step.CommitCheckpoint step, StepRun run) {
        requireGuestAsPlanned(step, run);
        var volume = step.record().volume();
        var ledger = run.drivers().storage(volume.datastore()).ledger();
        var record = step.record()
                .complete(
                        run.value(step.length()),
                        run.value(step.digest()),
                        step.imageDigest().map(run::value),
                        run.clock().instant());
        ledger.describe(run.call(), record);
        var stands = ledger.advance(run.call(), volume, 1, CheckpointState.COMPLETE);
        if (!stands.by().equals(run.operation())) {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "checkpoint.taken",
                            "the checkpoint " + volume + " is COMPLETE already")
                    .why("operation " + stands.by() + " did that")
                    .next("see 'berth operation show " + stands.by() + "'")
                    .build();
        }
        return Outputs.NONE;
    }

    /** A checkpoint is withdrawn before its guest may run on. */
    @Override
    public void undo(Step.CommitCheckpoint step, StepRun run) {
        if (isOurs(step, run)) {
            var volume = step.record().volume();
            run.drivers()
                    .storage(volume.datastore())
                    .ledger()
                    .advance(run.determinedCall(), volume, 1, CheckpointState.CONSUMED);
        }
    }

    private static void requireGuestAsPlanned(Step.CommitCheckpoint step, StepRun run) {
        if (step.guestStays()) {
            Guests.requirePaused(run, step.vm(), step.at());
        } else if (Guests.alive(run, step.vm(), step.at()).isPresent()) {
            throw Failure.of(FailureKind.CONFLICT, "vm.came-back", step.vm() + " is alive though it was saved")
                    .host(step.at())
                    .next("find out who started it; of two copies only one may live")
                    .build();
        }
    }

    /** Once withdrawn it stays withdrawn. */
    private static boolean stands(Step.CommitCheckpoint step, StepRun run) {
        var volume = step.record().volume();
        return run.drivers()
                .storage(volume.datastore())
                .ledger()
                .find(volume)
                .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                .isPresent();
    }

    private static boolean isOurs(Step.CommitCheckpoint step, StepRun run) {
        var volume = step.record().volume();
        return run.drivers()
                .storage(volume.datastore())
                .ledger()
                .find(volume)
                .flatMap(entry -> entry.takenBy(1, CheckpointState.COMPLETE))
                .filter(run.operation()::equals)
                .isPresent();
    }

    /**
     * A guest that is gone is no reason to doubt the checkpoint: it is all there is of the VM now. One that runs is: its
     * disks move on.
     */
    @Override
    public void verify(Step.CommitCheckpoint step, StepRun run) {
        if (Guests.alive(run, step.vm(), step.at())
                .filter(GuestState.RUNNING::equals)
                .isPresent()) {
            throw Failure.of(FailureKind.CONFLICT, "vm.ran", step.vm() + " was resumed while it was being saved")
                    .host(step.at())
                    .why("its disks no longer fit the checkpoint, which is given up")
                    .next("the guest runs on; suspend it again when nobody needs it")
                    .build();
        }
    }
}
