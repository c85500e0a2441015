package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.GuestState;

/** Ends the paused guest: its memory is in a complete checkpoint. */
final class DestroyGuestHandler implements StepHandler<Step.DestroyGuest> {
    @Override
    public Probe probe(Step.DestroyGuest step, StepRun run) {
        var state = Guests.alive(run, step.vm(), step.at());
        return state.filter(GuestState.RUNNING::equals).isPresent()
                ? new Probe.Pointless(ranOn(step))
                : Probe.doneIf(state.isEmpty());
    }

    @Override
    public Outputs perform(Step.DestroyGuest step, StepRun run) {
        var state = Guests.alive(run, step.vm(), step.at());
        if (state.filter(GuestState.RUNNING::equals).isPresent()) {
            throw ranOn(step);
        }
        if (state.isPresent()) {
            run.drivers().hypervisor(step.at()).destroy(run.determinedCall(), step.at(), step.vm());
        }
        return Outputs.NONE;
    }

    private static Failure ranOn(Step.DestroyGuest step) {
        return Failure.of(FailureKind.CONFLICT, "vm.ran-on", step.vm() + " runs though its checkpoint is complete")
                .host(step.at())
                .why("somebody resumed it; its disks no longer fit the checkpoint, which is given up")
                .next("the guest runs on; suspend it again when nobody needs it")
                .build();
    }

    @Override
    public void undo(Step.DestroyGuest step, StepRun run) {}

    @Override
    public void verify(Step.DestroyGuest step, StepRun run) {
        if (Guests.alive(run, step.vm(), step.at()).isPresent()) {
            throw Failure.of(FailureKind.HYPERVISOR, "vm.still-there", step.vm() + " was destroyed and is still there")
                    .host(step.at())
                    .next("end it on the host, then run 'berth recover'")
                    .build();
        }
    }
}
