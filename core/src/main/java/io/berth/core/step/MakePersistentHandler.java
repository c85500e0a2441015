package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.hypervisor.GuestView;

/** What its owner had defined is defined again, where it lives now. */
final class MakePersistentHandler implements StepHandler<Step.MakePersistent> {
    /** Whoever has given it another definition meanwhile meant it. */
    @Override
    public Probe probe(Step.MakePersistent step, StepRun run) {
        return Probe.doneIf(run.isDead(step.at())
                || Guests.find(run, step.vm(), step.at())
                        .filter(GuestView::persistent)
                        .isPresent());
    }

    @Override
    public Outputs perform(Step.MakePersistent step, StepRun run) {
        if (!run.isDead(step.at())) {
            run.drivers().hypervisor(step.at()).define(run.determinedCall(), step.at(), step.vm(), step.definition());
        }
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.MakePersistent step, StepRun run) {}

    @Override
    public void verify(Step.MakePersistent step, StepRun run) {}
}
