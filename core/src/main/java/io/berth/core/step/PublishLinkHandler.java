package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** The link at the checkpoint's standard path. */
final class PublishLinkHandler implements StepHandler<Step.PublishLink> {
    @Override
    public Probe probe(Step.PublishLink step, StepRun run) {
        var device = run.find(step.device());
        var target = run.drivers().links().read(step.at(), step.path());
        return Probe.doneIf(
                device.isPresent() && target.filter(device.get().path()::equals).isPresent());
    }

    @Override
    public Outputs perform(Step.PublishLink step, StepRun run) {
        run.drivers().links().publish(run.call(), step.at(), step.path(), run.value(step.device()));
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.PublishLink step, StepRun run) {
        if (!run.isDead(step.at())) {
            run.drivers().links().remove(run.determinedCall(), step.at(), step.path());
        }
    }

    @Override
    public void verify(Step.PublishLink step, StepRun run) {}
}
