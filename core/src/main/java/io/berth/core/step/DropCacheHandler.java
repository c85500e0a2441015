package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** Another host has written the device since this one looked. */
final class DropCacheHandler implements StepHandler<Step.DropCache> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.DropCache step, StepRun run) {
        return Probe.NOT_DONE;
    }

    @Override
    public Outputs perform(Step.DropCache step, StepRun run) {
        run.drivers().devices().dropCache(run.call(), step.at(), run.value(step.device()));
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.DropCache step, StepRun run) {}

    @Override
    public void verify(Step.DropCache step, StepRun run) {}
}
