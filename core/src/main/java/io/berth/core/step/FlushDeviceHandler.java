package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** Makes the image durable: until then it is a hope. */
final class FlushDeviceHandler implements StepHandler<Step.FlushDevice> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.FlushDevice step, StepRun run) {
        return Probe.NOT_DONE;
    }

    /** A dead host has nothing left to flush; what it lost, the look that follows finds. */
    @Override
    public Outputs perform(Step.FlushDevice step, StepRun run) {
        if (run.isDead(step.at())) {
            return Outputs.NONE;
        }
        run.drivers().devices().flush(run.call(), step.at(), run.value(step.device()));
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.FlushDevice step, StepRun run) {}

    @Override
    public void verify(Step.FlushDevice step, StepRun run) {}
}
