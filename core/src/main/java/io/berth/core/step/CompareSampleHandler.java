package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.util.Arrays;

/** What one host wrote another must read: a checkpoint that can't be is none. */
final class CompareSampleHandler implements StepHandler<Step.CompareSample> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.CompareSample step, StepRun run) {
        return Probe.NOT_DONE;
    }

    @Override
    public Outputs perform(Step.CompareSample step, StepRun run) {
        var device = run.value(step.device());
        Sample.places(step.span()).forEach(place -> {
            var found = run.drivers().devices().read(step.at(), device, place, Sample.LENGTH);
            if (!Arrays.equals(found, Sample.at(run.operation(), place))) {
                throw otherContent(step, place);
            }
        });
        return Outputs.NONE;
    }

    private static Failure otherContent(Step.CompareSample step, long place) {
        return Failure.of(FailureKind.STORAGE, "rehearsal.other-content", "the volume doesn't read as it was written")
                .host(step.at())
                .why("other bytes are there from " + place + " on, though they were flushed where they were written")
                .next("suspend nothing onto this datastore until you know why: see that all its hosts mean the same"
                        + " folder, pool or file system, and that nothing between them caches")
                .build();
    }

    @Override
    public void undo(Step.CompareSample step, StepRun run) {}

    @Override
    public void verify(Step.CompareSample step, StepRun run) {}
}
