package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** Puts samples where memory would be. */
final class WriteSampleHandler implements StepHandler<Step.WriteSample> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.WriteSample step, StepRun run) {
        return Probe.NOT_DONE;
    }

    @Override
    public Outputs perform(Step.WriteSample step, StepRun run) {
        var device = run.value(step.device());
        Sample.places(step.span())
                .forEach(place -> run.drivers()
                        .devices()
                        .write(run.call(), step.at(), device, place, Sample.at(run.operation(), place)));
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.WriteSample step, StepRun run) {}

    @Override
    public void verify(Step.WriteSample step, StepRun run) {}
}
