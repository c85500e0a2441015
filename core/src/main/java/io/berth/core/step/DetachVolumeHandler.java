package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** The host has no business with the volume any more. */
final class DetachVolumeHandler implements StepHandler<Step.DetachVolume> {
    @Override
    public Probe probe(Step.DetachVolume step, StepRun run) {
        return Probe.doneIf(run.isDead(step.at())
                || run.drivers()
                        .storage(step.volume().datastore())
                        .attachments()
                        .device(step.volume(), step.at())
                        .isEmpty());
    }

    @Override
    public Outputs perform(Step.DetachVolume step, StepRun run) {
        Detaching.detach(run, step.volume(), step.at());
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.DetachVolume step, StepRun run) {}

    @Override
    public void verify(Step.DetachVolume step, StepRun run) {}
}
