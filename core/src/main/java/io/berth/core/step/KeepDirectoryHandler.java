package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** Only for whoever reads the plan. */
final class KeepDirectoryHandler implements StepHandler<Step.KeepDirectory> {
    @Override
    public Probe probe(Step.KeepDirectory step, StepRun run) {
        return Probe.doneIf(true);
    }

    @Override
    public Outputs perform(Step.KeepDirectory step, StepRun run) {
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.KeepDirectory step, StepRun run) {}

    @Override
    public void verify(Step.KeepDirectory step, StepRun run) {}
}
