package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointState;

/** Deletes what was consumed, and nothing else. */
final class DeleteVolumeHandler implements StepHandler<Step.DeleteVolume> {
    @Override
    public Probe probe(Step.DeleteVolume step, StepRun run) {
        var storage = run.drivers().storage(step.volume().datastore());
        return Probe.doneIf(storage.volumes().find(step.volume()).isEmpty()
                && storage.ledger().find(step.volume()).isEmpty());
    }

    @Override
    public Outputs perform(Step.DeleteVolume step, StepRun run) {
        var storage = run.drivers().storage(step.volume().datastore());
        var entry = storage.ledger().find(step.volume());
        if (entry.isPresent() && entry.get().state() != CheckpointState.CONSUMED) {
            throw Failure.of(FailureKind.CONFLICT, "checkpoint.not-consumed", "won't delete " + step.volume())
                    .why("its checkpoint is " + entry.get().state())
                    .next("see 'berth checkpoint show " + step.volume().name() + "'")
                    .build();
        }
        storage.volumes().delete(run.determinedCall(), step.volume());
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.DeleteVolume step, StepRun run) {}

    @Override
    public void verify(Step.DeleteVolume step, StepRun run) {}
}
