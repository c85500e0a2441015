package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** What another VM left on the device must not be read as this one's memory. */
final class ClearDeviceHandler implements StepHandler<Step.ClearDevice> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.ClearDevice step, StepRun run) {
        return Probe.NOT_DONE;
    }

    @Override
    public Outputs perform(Step.ClearDevice step, StepRun run) {
        run.drivers().devices().clear(run.call(), step.at(), run.value(step.device()));
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.ClearDevice step, StepRun run) {}

    @Override
    public void verify(Step.ClearDevice step, StepRun run) {}
}
