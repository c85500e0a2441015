package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.GuestView;

/** From here the host has nothing to start the guest anew with, should it lose power beside a checkpoint or on its way. */
final class MakeTransientHandler implements StepHandler<Step.MakeTransient> {
    @Override
    public Probe probe(Step.MakeTransient step, StepRun run) {
        return Probe.doneIf(!isKept(step, run));
    }

    @Override
    public Outputs perform(Step.MakeTransient step, StepRun run) {
        if (Guests.alive(run, step.vm(), step.at()).isEmpty()) {
            throw Failure.of(FailureKind.CONFLICT, "vm.changed", step.vm() + " is gone")
                    .host(step.at())
                    .why("it was there a moment ago; it ended, or somebody ended it")
                    .next("its definition is as it was; find out, then start it")
                    .build();
        }
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
