package io.berth.core.step;

import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;

/** The volume as a device on a host. */
final class AttachVolumeHandler implements StepHandler<Step.AttachVolume> {
    @Override
    public Probe probe(Step.AttachVolume step, StepRun run) {
        return run.drivers()
                .storage(step.volume().datastore())
                .attachments()
                .device(step.volume(), step.at())
                .<Probe>map(device -> Probe.done(Outputs.of(Ref.Type.DEVICE, device)))
                .orElse(Probe.NOT_DONE);
    }

    @Override
    public Outputs perform(Step.AttachVolume step, StepRun run) {
        var device = run.drivers()
                .storage(step.volume().datastore())
                .attachments()
                .attach(run.call(), step.volume(), step.at());
        return Outputs.of(Ref.Type.DEVICE, device);
    }

    @Override
    public void undo(Step.AttachVolume step, StepRun run) {
        Detaching.detach(run, step.volume(), step.at());
    }

    @Override
    public void verify(Step.AttachVolume step, StepRun run) {}
}
