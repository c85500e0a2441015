package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.ImageHeader;

/** What something else has written may be anybody's. */
final class IdentifyImageHandler implements StepHandler<Step.IdentifyImage> {
    @Override
    public Probe probe(Step.IdentifyImage step, StepRun run) {
        return Probe.NOT_DONE;
    }

    @Override
    public Outputs perform(Step.IdentifyImage step, StepRun run) {
        var hypervisor = run.drivers().hypervisor(step.at());
        var header = hypervisor.inspect(step.at(), run.value(step.device()));
        if (header.form() != ImageHeader.Form.COMPLETE) {
            throw refused(step, "image.partial", "its head reads " + header.form());
        }
        var inImage = hypervisor
                .identify(step.at(), header.definition())
                .orElseThrow(() -> refused(step, "image.unidentified", "its head doesn't say whose it is"))
                .vm();
        if (!inImage.uuid().equals(step.vm().uuid())) {
            throw refused(step, "image.foreign", "it holds " + inImage);
        }
        return Outputs.NONE;
    }

    private static Failure refused(Step.IdentifyImage step, String code, String why) {
        return Failure.of(
                        FailureKind.STORAGE,
                        code,
                        "there is no saved " + step.vm().uuid() + " to adopt")
                .host(step.at())
                .why(why)
                .next("nothing was changed; check which volume and which VM this is")
                .build();
    }

    @Override
    public void undo(Step.IdentifyImage step, StepRun run) {}

    @Override
    public void verify(Step.IdentifyImage step, StepRun run) {}
}
