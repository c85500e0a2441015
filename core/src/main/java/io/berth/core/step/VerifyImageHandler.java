package io.berth.core.step;

import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.ImageHeader;

/** Reads back what was written: a device may lie. */
final class VerifyImageHandler implements StepHandler<Step.VerifyImage> {
    /** Doing it again is always right, so there is nothing to learn. */
    @Override
    public Probe probe(Step.VerifyImage step, StepRun run) {
        return Probe.NOT_DONE;
    }

    private static final DataSize TAIL = DataSize.ofMebibytes(1);

    @Override
    public Outputs perform(Step.VerifyImage step, StepRun run) {
        return run.isDead(step.at())
                ? Bystander.ask(run, step.volume(), (host, device) -> look(step, run, host, device))
                : look(step, run, step.at(), run.value(step.device()));
    }

    private static Outputs look(Step.VerifyImage step, StepRun run, HostRef host, DevicePath device) {
        var length = run.value(step.length());
        var header = run.drivers().hypervisor(host).inspect(host, device);
        if (header.form() != ImageHeader.Form.COMPLETE || header.dataOffset().exceeds(length)) {
            throw damaged(step, "the head of the device reads " + header.form());
        }
        var from = step.whole() ? 0 : Math.max(0, length.bytes() - TAIL.bytes());
        var digest = run.drivers()
                .devices()
                .digest(run.call().moving(length), host, device, from, new DataSize(length.bytes() - from));
        step.expectedDigest()
                .map(run::value)
                .filter(expected -> !expected.equals(digest))
                .ifPresent(expected -> {
                    throw damaged(step, "its digest is " + digest + ", written was " + expected);
                });
        return Outputs.of(Ref.Type.DIGEST, digest);
    }

    private static Failure damaged(Step.VerifyImage step, String why) {
        return Failure.of(FailureKind.STORAGE, "image.damaged", "the image of " + step.vm() + " isn't what was written")
                .host(step.at())
                .why(why)
                .next("nothing was changed; check the storage, and keep the volume until you know more")
                .build();
    }

    @Override
    public void undo(Step.VerifyImage step, StepRun run) {}

    @Override
    public void verify(Step.VerifyImage step, StepRun run) {}
}
