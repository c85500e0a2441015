package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.RestoreRequest;
import java.util.Optional;

/** Makes a paused guest of the image; until the checkpoint is consumed it may be thrown away again. */
final class RestorePausedHandler implements StepHandler<Step.RestorePaused> {
    @Override
    public Probe probe(Step.RestorePaused step, StepRun run) {
        var state = Guests.alive(run, step.vm(), step.at());
        if (state.filter(GuestState.BUSY::equals).isPresent()) {
            throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "vm.busy-restoring", step.vm() + " is being restored")
                    .host(step.at())
                    .next("wait a moment, then run 'berth recover'")
                    .build();
        }
        return Probe.doneIf(state.filter(RestorePausedHandler::canGoOn).isPresent()
                && Guests.isMadeHere(run, step.vm(), step.at()));
    }

    @Override
    public Outputs perform(Step.RestorePaused step, StepRun run) {
        var length = run.value(step.length());
        run.drivers()
                .hypervisor(step.at())
                .restorePaused(
                        run.call().moving(length),
                        step.at(),
                        new RestoreRequest(
                                step.vm(),
                                run.value(step.device()),
                                length,
                                run.drivers()
                                        .storage(step.volume().datastore())
                                        .attachments()
                                        .reading(step.volume(), step.at()),
                                step.definition(),
                                Optional.empty()));
        return Outputs.NONE;
    }

    /**
     * Not if it runs: then somebody resumed it, its disks have moved, and the checkpoint is worth nothing. What somebody
     * else started there meanwhile isn't touched, nor its definition.
     */
    @Override
    public void undo(Step.RestorePaused step, StepRun run) {
        if (run.isDead(step.at())) {
            return;
        }
        var state = Guests.alive(run, step.vm(), step.at());
        if (state.filter(RestorePausedHandler::canGoOn).isPresent() && !Guests.isMadeHere(run, step.vm(), step.at())) {
            return;
        }
        if (state.filter(GuestState.RUNNING::equals).isPresent()) {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "vm.resumed-early",
                            step.vm() + " was resumed while it was being restored")
                    .host(step.at())
                    .why("its checkpoint isn't marked as consumed yet")
                    .next("keep the guest, and delete its checkpoint with 'berth checkpoint delete'")
                    .build();
        }
        var hypervisor = run.drivers().hypervisor(step.at());
        if (state.isPresent()) {
            hypervisor.destroy(run.determinedCall(), step.at(), step.vm());
        }
        if (!step.knownBefore()) {
            hypervisor.undefine(run.determinedCall(), step.at(), step.vm());
        }
    }

    @Override
    public void verify(Step.RestorePaused step, StepRun run) {
        var state = Guests.alive(run, step.vm(), step.at());
        if (state.filter(RestorePausedHandler::canGoOn).isEmpty()) {
            throw Failure.of(FailureKind.HYPERVISOR, "vm.not-restored", step.vm() + " isn't there after its restore")
                    .host(step.at())
                    .why("it is " + state.map(Enum::name).orElse("gone"))
                    .next("see the hypervisor's log on the host; the checkpoint is untouched")
                    .build();
        }
        if (!Guests.isMadeHere(run, step.vm(), step.at())) {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "vm.exists",
                            "it isn't the restored " + step.vm() + " that stands there")
                    .host(step.at())
                    .why("somebody has started it anew; that one knows nothing of the memory in the checkpoint")
                    .next(
                            "if that one is right, delete the checkpoint; if it isn't, destroy it there, then resume again")
                    .build();
        }
    }

    private static boolean canGoOn(GuestState state) {
        return state == GuestState.PAUSED || state == GuestState.RUNNING;
    }
}
