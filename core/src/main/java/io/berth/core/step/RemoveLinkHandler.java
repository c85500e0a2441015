package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** The link at the checkpoint's standard path is taken away. */
final class RemoveLinkHandler implements StepHandler<Step.RemoveLink> {
    @Override
    public Probe probe(Step.RemoveLink step, StepRun run) {
        return Probe.doneIf(run.isDead(step.at())
                || run.drivers().links().read(step.at(), step.path()).isEmpty());
    }

    @Override
    public Outputs perform(Step.RemoveLink step, StepRun run) {
        if (!run.isDead(step.at())) {
            run.drivers().links().remove(run.determinedCall(), step.at(), step.path());
        }
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.RemoveLink step, StepRun run) {}

    @Override
    public void verify(Step.RemoveLink step, StepRun run) {}
}
