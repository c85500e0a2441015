package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** Thin storage gets back what the image didn't need. */
final class DiscardTailHandler implements StepHandler<Step.DiscardTail> {
    /** Doing it again is always right, unless the volume is gone: somebody resumed the VM without waiting for this. */
    @Override
    public Probe probe(Step.DiscardTail step, StepRun run) {
        var volumes = run.drivers().storage(step.volume().datastore()).volumes();
        return Probe.doneIf(volumes.find(step.volume()).isEmpty());
    }

    @Override
    public Outputs perform(Step.DiscardTail step, StepRun run) {
        if (!run.isDead(step.at())) {
            var end = run.value(step.length()).bytes();
            run.drivers().devices().discardFrom(run.determinedCall(), step.at(), run.value(step.device()), end);
        }
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.DiscardTail step, StepRun run) {}

    @Override
    public void verify(Step.DiscardTail step, StepRun run) {}
}
