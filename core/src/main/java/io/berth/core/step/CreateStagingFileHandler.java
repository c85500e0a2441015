package io.berth.core.step;

import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** A file that memory can be written to before it is copied onto the volume. */
final class CreateStagingFileHandler implements StepHandler<Step.CreateStagingFile> {
    @Override
    public Probe probe(Step.CreateStagingFile step, StepRun run) {
        return Directories.stagingFile(run, step.datastore(), step.at())
                .<Probe>map(file -> Probe.done(Outputs.of(Ref.Type.DEVICE, file)))
                .orElse(Probe.NOT_DONE);
    }

    @Override
    public Outputs perform(Step.CreateStagingFile step, StepRun run) {
        var file = Directories.of(run, step.datastore()).staging().create(run.call(), step.at(), step.size());
        return Outputs.of(Ref.Type.DEVICE, file);
    }

    /** The guest is there: nothing in the file is missed. On a dead host the garbage collector finds it. */
    @Override
    public void undo(Step.CreateStagingFile step, StepRun run) {
        if (!run.isDead(step.at())) {
            Directories.of(run, step.datastore()).staging().remove(run.determinedCall(), step.at());
        }
    }

    @Override
    public void verify(Step.CreateStagingFile step, StepRun run) {}
}
