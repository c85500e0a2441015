package io.berth.core.step;

import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import java.util.List;

/** Whether two hosts see the same: one writes, the other reads. */
final class FindSharingHandler implements StepHandler<Step.FindSharing> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.FindSharing step, StepRun run) {
        return Probe.NOT_DONE;
    }

    @Override
    public Outputs perform(Step.FindSharing step, StepRun run) {
        var found = Directories.of(run, step.datastore()).sharing(run.call(), step.at(), step.to());
        return Outputs.of(Ref.Type.SHARING, found);
    }

    @Override
    public void undo(Step.FindSharing step, StepRun run) {
        for (var host : List.of(step.at(), step.to())) {
            if (!run.isDead(host)) {
                Directories.of(run, step.datastore()).clearProbe(run.determinedCall(), host);
            }
        }
    }

    @Override
    public void verify(Step.FindSharing step, StepRun run) {}
}
