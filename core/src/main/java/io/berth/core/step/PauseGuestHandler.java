package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.hypervisor.GuestState;

/** Stops the guest, its memory intact. */
final class PauseGuestHandler implements StepHandler<Step.PauseGuest> {
    @Override
    public Probe probe(Step.PauseGuest step, StepRun run) {
        return Probe.doneIf(Guests.alive(run, step.vm(), step.at())
                .filter(GuestState.PAUSED::equals)
                .isPresent());
    }

    @Override
    public Outputs perform(Step.PauseGuest step, StepRun run) {
        Guests.requireAsPlanned(run, step.vm(), step.at(), step.ownerPaused());
        run.drivers().hypervisor(step.at()).pause(run.call(), step.at(), step.vm());
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.PauseGuest step, StepRun run) {
        if (!step.ownerPaused()) {
            Guests.runAgain(run, step.vm(), step.at());
        } else if (Guests.alive(run, step.vm(), step.at()).isEmpty()) {
            run.memoryIsLost();
        }
    }

    @Override
    public void verify(Step.PauseGuest step, StepRun run) {
        Guests.requirePaused(run, step.vm(), step.at());
    }
}
