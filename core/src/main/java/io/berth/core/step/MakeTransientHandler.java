package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.hypervisor.GuestView;

/** From here the host has nothing to start the guest anew with, should it lose power beside a complete checkpoint. */
final class MakeTransientHandler implements StepHandler<Step.MakeTransient> {
    @Override
    public Probe probe(Step.MakeTransient step, StepRun run) {
        return Probe.doneIf(!isKept(step, run));
    }

    @Override
    public Outputs perform(Step.MakeTransient step, StepRun run) {
        Guests.requirePaused(run, step.vm(), step.at());
        run.drivers().hypervisor(step.at()).undefine(run.call(), step.at(), step.vm());
        return Outputs.NONE;
    }

    /** Its owner must find it defined, also when the guest itself went with its host. */
    @Override
    public void undo(Step.MakeTransient step, StepRun run) {
        if (!run.isDead(step.at()) && !isKept(step, run)) {
            run.drivers().hypervisor(step.at()).define(run.determinedCall(), step.at(), step.vm(), step.definition());
        }
    }

    private static boolean isKept(Step.MakeTransient step, StepRun run) {
        return Guests.find(run, step.vm(), step.at())
                .filter(GuestView::persistent)
                .isPresent();
    }

    @Override
    public void verify(Step.MakeTransient step, StepRun run) {}
}
