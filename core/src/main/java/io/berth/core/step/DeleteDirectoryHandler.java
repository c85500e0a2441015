package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** What was set aside, and never what has its old name; on a dead host the garbage collector finds it. */
final class DeleteDirectoryHandler implements StepHandler<Step.DeleteDirectory> {
    @Override
    public Probe probe(Step.DeleteDirectory step, StepRun run) {
        return Probe.doneIf(run.isDead(step.at())
                || !Directories.asides(run, step.directory())
                        .state(run.operation(), step.directory(), step.at())
                        .isAside());
    }

    @Override
    public Outputs perform(Step.DeleteDirectory step, StepRun run) {
        if (!run.isDead(step.at())) {
            Directories.asides(run, step.directory()).delete(run.determinedCall(), step.directory(), step.at());
        }
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.DeleteDirectory step, StepRun run) {}

    @Override
    public void verify(Step.DeleteDirectory step, StepRun run) {}
}
