package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** Brings an image from its file onto its volume. */
final class UploadImageHandler implements StepHandler<Step.UploadImage> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.UploadImage step, StepRun run) {
        return Probe.NOT_DONE;
    }

    @Override
    public Outputs perform(Step.UploadImage step, StepRun run) {
        var length = run.value(step.length());
        run.drivers()
                .devices()
                .copy(run.call().moving(length), step.at(), run.value(step.file()), run.value(step.device()), length);
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.UploadImage step, StepRun run) {}

    /** It may have taken minutes: a guest that somebody let run meanwhile has moved on. */
    @Override
    public void verify(Step.UploadImage step, StepRun run) {
        Guests.requirePaused(run, step.vm(), step.at());
    }
}
