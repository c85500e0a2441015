package io.berth.core.step;

import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** How much the paused guest will write. */
final class MeasureGuestHandler implements StepHandler<Step.MeasureGuest> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.MeasureGuest step, StepRun run) {
        return Probe.NOT_DONE;
    }

    @Override
    public Outputs perform(Step.MeasureGuest step, StepRun run) {
        var estimate = run.drivers().hypervisor(step.at()).estimate(step.at(), step.vm());
        return Outputs.of(Ref.Type.LENGTH, estimate.need());
    }

    @Override
    public void undo(Step.MeasureGuest step, StepRun run) {}

    @Override
    public void verify(Step.MeasureGuest step, StepRun run) {}
}
