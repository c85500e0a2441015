package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** The file that an image came through is taken away; on a dead host the garbage collector finds it. */
final class RemoveStagingFileHandler implements StepHandler<Step.RemoveStagingFile> {
    @Override
    public Probe probe(Step.RemoveStagingFile step, StepRun run) {
        return Probe.doneIf(run.isDead(step.at())
                || Directories.stagingFile(run, step.datastore(), step.at()).isEmpty());
    }

    @Override
    public Outputs perform(Step.RemoveStagingFile step, StepRun run) {
        if (!run.isDead(step.at())) {
            Directories.of(run, step.datastore()).staging().remove(run.determinedCall(), step.at());
        }
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.RemoveStagingFile step, StepRun run) {}

    @Override
    public void verify(Step.RemoveStagingFile step, StepRun run) {}
}
