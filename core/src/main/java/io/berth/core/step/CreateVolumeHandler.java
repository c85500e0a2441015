package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointState;

/** A volume of this operation's own: the ledger entry first, so that nothing exists unowned. */
final class CreateVolumeHandler implements StepHandler<Step.CreateVolume> {
    @Override
    public Probe probe(Step.CreateVolume step, StepRun run) {
        var storage = run.drivers().storage(step.volume().datastore());
        var isOurs = isOurs(step, run);
        return Probe.doneIf(isOurs && storage.volumes().find(step.volume()).isPresent());
    }

    @Override
    public Outputs perform(Step.CreateVolume step, StepRun run) {
        var storage = run.drivers().storage(step.volume().datastore());
        var taken = storage.ledger().advance(run.call(), step.volume(), 1, CheckpointState.ALLOCATED);
        if (!taken.by().equals(run.operation())) {
            throw Failure.of(FailureKind.CONFLICT, "volume.taken", "the volume " + step.volume() + " exists")
                    .why("operation " + taken.by() + " made it")
                    .next("try again: each try makes a volume of a new name")
                    .build();
        }
        storage.ledger().describe(run.call(), step.record());
        storage.volumes().create(run.call(), step.volume(), run.value(step.size()));
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.CreateVolume step, StepRun run) {
        var storage = run.drivers().storage(step.volume().datastore());
        var entry = storage.ledger().find(step.volume());
        if (entry.isEmpty() || !isOurs(step, run)) {
            return;
        }
        if (entry.get().state() == CheckpointState.COMPLETE) {
            throw Failure.of(FailureKind.BUG, "checkpoint.complete", "won't delete " + step.volume())
                    .why("its checkpoint is complete and was never used")
                    .build();
        }
        storage.volumes().delete(run.determinedCall(), step.volume());
    }

    private static boolean isOurs(Step.CreateVolume step, StepRun run) {
        return run.drivers()
                .storage(step.volume().datastore())
                .ledger()
                .find(step.volume())
                .flatMap(entry -> entry.takenBy(1, CheckpointState.ALLOCATED))
                .filter(run.operation()::equals)
                .isPresent();
    }

    @Override
    public void verify(Step.CreateVolume step, StepRun run) {}
}
