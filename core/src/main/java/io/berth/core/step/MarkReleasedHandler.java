package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import java.util.Optional;

/** Tells other front-ends that the source can't start the guest any more. */
final class MarkReleasedHandler implements StepHandler<Step.MarkReleased> {
    @Override
    public Probe probe(Step.MarkReleased step, StepRun run) {
        return Probe.doneIf(entry(step, run)
                .flatMap(CheckpointLedger.Entry::record)
                .filter(CheckpointRecord::sourceReleased)
                .isPresent());
    }

    @Override
    public Outputs perform(Step.MarkReleased step, StepRun run) {
        entry(step, run)
                .flatMap(CheckpointLedger.Entry::record)
                .ifPresent(record -> run.drivers()
                        .storage(step.volume().datastore())
                        .ledger()
                        .describe(run.determinedCall(), record.released()));
        return Outputs.NONE;
    }

    private static Optional<CheckpointLedger.Entry> entry(Step.MarkReleased step, StepRun run) {
        return run.drivers().storage(step.volume().datastore()).ledger().find(step.volume());
    }

    @Override
    public void undo(Step.MarkReleased step, StepRun run) {}

    @Override
    public void verify(Step.MarkReleased step, StepRun run) {}
}
