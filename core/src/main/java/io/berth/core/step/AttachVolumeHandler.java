package io.berth.core.step;

import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;

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

    /** Not on a host that was declared dead and is up again meanwhile: undoing would leave alone what was made there. */
    @Override
    public Outputs perform(Step.AttachVolume step, StepRun run) {
        if (run.isDead(step.at())) {
            throw Failure.of(FailureKind.CALLER, "host.declared-dead", "nothing is done on a host that is called dead")
                    .host(step.at())
                    .why("you said that it is dead")
                    .next("name another host; or, if it is up again, don't say that it is dead")
                    .build();
        }
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
