package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.hypervisor.GuestState;

/**
 * From here the guest has run, and its checkpoint is spent for good. Whoever comes back to this step may find another one of
 * that name, which somebody has started since from its disks: that one is neither let run, nor is it what was asked for.
 */
final class ResumeGuestHandler implements StepHandler<Step.ResumeGuest> {
    @Override
    public Probe probe(Step.ResumeGuest step, StepRun run) {
        return Probe.doneIf(Guests.alive(run, step.vm(), step.at())
                        .filter(GuestState.RUNNING::equals)
                        .isPresent()
                && Guests.isMadeHere(run, step.vm(), step.at()));
    }

    @Override
    public Outputs perform(Step.ResumeGuest step, StepRun run) {
        Guests.alive(run, step.vm(), step.at())
                .filter(state -> !isSomebodyElses(step, run, state))
                .ifPresentOrElse(state -> Guests.runOn(run, step.vm(), step.at(), state), run::memoryIsLost);
        return Outputs.NONE;
    }

    private static boolean isSomebodyElses(Step.ResumeGuest step, StepRun run, GuestState state) {
        return switch (state) {
            case RUNNING, PAUSED -> !Guests.isMadeHere(run, step.vm(), step.at());
            case BUSY, ORPHANED, BROKEN, SHUT_OFF -> false;
        };
    }

    @Override
    public void undo(Step.ResumeGuest step, StepRun run) {}

    @Override
    public void verify(Step.ResumeGuest step, StepRun run) {}
}
