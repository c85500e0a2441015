package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;

/** Nothing on the host may start the guest again. */
final class ForgetGuestHandler implements StepHandler<Step.ForgetGuest> {
    @Override
    public Probe probe(Step.ForgetGuest step, StepRun run) {
        return Probe.doneIf(
                run.isDead(step.at()) || Guests.find(run, step.vm(), step.at()).isEmpty());
    }

    /** On a dead host nothing can be done; a resume looks for stale definitions when it is back. */
    @Override
    public Outputs perform(Step.ForgetGuest step, StepRun run) {
        if (run.isDead(step.at())) {
            return Outputs.NONE;
        }
        var view = Guests.find(run, step.vm(), step.at());
        if (view.filter(there -> there.state().isAlive()).isPresent()) {
            throw Failure.of(FailureKind.CONFLICT, "vm.came-back", step.vm() + " is alive on the host it had left")
                    .host(step.at())
                    .next("find out who started it; of two copies only one may live")
                    .build();
        }
        if (view.isPresent()) {
            run.drivers().hypervisor(step.at()).undefine(run.determinedCall(), step.at(), step.vm());
        }
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.ForgetGuest step, StepRun run) {}

    @Override
    public void verify(Step.ForgetGuest step, StepRun run) {}
}
