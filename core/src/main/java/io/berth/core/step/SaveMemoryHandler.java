package io.berth.core.step;

import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.SaveRequest;
import java.util.Optional;

/** Writes the memory while the guest stays, paused, or ends it with the fast writer. */
final class SaveMemoryHandler implements StepHandler<Step.SaveMemory> {
    /**
     * With a writer that keeps the guest a lost answer is answered by doing it over: the guest is there. With the fast one
     * the guest may be gone, and then the image is all there is.
     */
    @Override
    public Probe probe(Step.SaveMemory step, StepRun run) {
        if (step.writer().keepsGuest()
                || Guests.alive(run, step.vm(), step.at()).isPresent()) {
            return Probe.NOT_DONE;
        }
        return finishedImage(step, run)
                .<Probe>map(length -> Probe.done(Outputs.of(Ref.Type.LENGTH, length)))
                .orElse(Probe.NOT_DONE);
    }

    @Override
    public Outputs perform(Step.SaveMemory step, StepRun run) {
        if (step.writer().pausesFirst()) {
            Guests.requirePaused(run, step.vm(), step.at());
        }
        try {
            return write(step, run);
        } catch (Failure failure) {
            if (!failure.is("device.full") || !canGrow(step, run)) {
                throw failure;
            }
            run.drivers().storage(step.volume().datastore()).volumes().grow(run.call(), step.volume(), step.expected());
            return write(step, run);
        }
    }

    private static Outputs write(Step.SaveMemory step, StepRun run) {
        var device = run.value(step.device());
        var capacity = run.drivers().devices().size(step.at(), device);
        var image = run.drivers()
                .hypervisor(step.at())
                .saveMemory(
                        run.call().moving(step.expected()),
                        step.at(),
                        step.vm(),
                        new SaveRequest(device, capacity, step.writer(), step.ownerPaused()));
        return Outputs.of(Ref.Type.LENGTH, image.length());
    }

    /** While the guest is only paused there is time to give it the room it needs after all. */
    private static boolean canGrow(Step.SaveMemory step, StepRun run) {
        return step.writer().keepsGuest()
                && step.mayGrow()
                && run.drivers()
                        .storage(step.volume().datastore())
                        .capabilities()
                        .grow()
                && step.expected().exceeds(run.drivers().devices().size(step.at(), run.value(step.device())));
    }

    @Override
    public void undo(Step.SaveMemory step, StepRun run) {
        if (Guests.alive(run, step.vm(), step.at()).isEmpty()) {
            refuseToDropTheOnlyCopy(step, run);
            run.memoryIsLost();
            return;
        }
        run.drivers().hypervisor(step.at()).cancelSave(run.determinedCall(), step.at(), step.vm());
        if (!step.writer().pausesFirst() && !step.ownerPaused()) {
            Guests.runAgain(run, step.vm(), step.at());
        }
    }

    @Override
    public void verify(Step.SaveMemory step, StepRun run) {
        if (run.isDead(step.at())) {
            return;
        }
        if (step.writer().keepsGuest()) {
            Guests.requirePaused(run, step.vm(), step.at());
        } else if (Guests.alive(run, step.vm(), step.at()).isPresent()) {
            throw Failure.of(FailureKind.HYPERVISOR, "vm.still-there", step.vm() + " was saved and is still there")
                    .host(step.at())
                    .next("look at it on the host, then run 'berth recover'")
                    .build();
        }
    }

    private static void refuseToDropTheOnlyCopy(Step.SaveMemory step, StepRun run) {
        if (!step.writer().keepsGuest() && finishedImage(step, run).isPresent()) {
            throw Failure.of(FailureKind.BUG, "save.only-copy", "won't drop " + step.volume())
                    .why("the guest is gone and its finished image is there")
                    .build();
        }
    }

    /**
     * Attached again if need be: after a restart of the host the image may be on the volume all the same, and so it may
     * when that host is dead.
     */
    private static Optional<DataSize> finishedImage(Step.SaveMemory step, StepRun run) {
        var storage = run.drivers().storage(step.volume().datastore());
        if (storage.volumes().find(step.volume()).isEmpty()) {
            return Optional.empty();
        }
        if (run.isDead(step.at())) {
            return Bystander.ask(run, step.volume(), (host, device) -> finishedImage(run, host, device));
        }
        var device = storage.attachments().attach(run.determinedCall(), step.volume(), step.at());
        return finishedImage(run, step.at(), device);
    }

    private static Optional<DataSize> finishedImage(StepRun run, HostRef host, DevicePath device) {
        var hypervisor = run.drivers().hypervisor(host);
        return hypervisor.inspect(host, device).form() == ImageHeader.Form.COMPLETE
                ? Optional.of(hypervisor.imageLength(host, device))
                : Optional.empty();
    }
}
