package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.hypervisor.GuestState;

/** From here the guest has run, and its checkpoint is spent for good. */
final class ResumeGuestHandler implements StepHandler<Step.ResumeGuest> {
    @Override
    public Probe probe(Step.ResumeGuest step, StepRun run) {
        return Probe.doneIf(Guests.alive(run, step.vm(), step.at())
                .filter(GuestState.RUNNING::equals)
                .isPresent());
    }

    @Override
    public Outputs perform(Step.ResumeGuest step, StepRun run) {
        Guests.runAgain(run, step.vm(), step.at());
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.ResumeGuest step, StepRun run) {}

    @Override
    public void verify(Step.ResumeGuest step, StepRun run) {}
}
