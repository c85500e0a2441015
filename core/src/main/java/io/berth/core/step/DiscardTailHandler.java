package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** Thin storage gets back what the image didn't need. */
final class DiscardTailHandler implements StepHandler<Step.DiscardTail> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.DiscardTail step, StepRun run) {
        return Probe.NOT_DONE;
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
