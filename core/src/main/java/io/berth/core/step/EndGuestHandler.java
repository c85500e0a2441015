package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;

/** A guest that its owner is done with. */
final class EndGuestHandler implements StepHandler<Step.EndGuest> {
    @Override
    public Probe probe(Step.EndGuest step, StepRun run) {
        return Probe.doneIf(isGone(step, run));
    }

    @Override
    public Outputs perform(Step.EndGuest step, StepRun run) {
        if (!isGone(step, run)) {
            var hypervisor = run.drivers().hypervisor(step.at());
            hypervisor.undefine(run.determinedCall(), step.at(), step.vm());
            hypervisor.destroy(run.determinedCall(), step.at(), step.vm());
        }
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.EndGuest step, StepRun run) {}

    @Override
    public void verify(Step.EndGuest step, StepRun run) {
        if (!isGone(step, run)) {
            throw Failure.of(FailureKind.HYPERVISOR, "vm.still-there", step.vm() + " was ended and is still there")
                    .host(step.at())
                    .next("end it on the host, then run 'berth recover'")
                    .build();
        }
    }

    /** Of a dead host nothing can be said but that nothing runs there. */
    private static boolean isGone(Step.EndGuest step, StepRun run) {
        return run.isDead(step.at()) || Guests.find(run, step.vm(), step.at()).isEmpty();
    }
}
