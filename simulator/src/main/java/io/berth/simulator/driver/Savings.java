package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;
import io.berth.simulator.world.Content;
import io.berth.simulator.world.Copy;
import io.berth.simulator.world.Job;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.SimulatedVolume;
import java.time.Duration;

/** Writes guests' memory in two halves: between them a caller may be lost, and the host goes on without it. */
final class Savings {
    private static final Duration BY_ITSELF = Duration.ofSeconds(3);

    private final Calls calls;

    Savings(Calls calls) {
        this.calls = calls;
    }

    SavedImage save(Call call, HostRef at, VmRef vm, SaveRequest request) {
        return calls.change(at, "guests.save " + request.writer(), call.token(), host -> {
            var copy = host.copy(vm.uuid()).orElseThrow(() -> SimulatedHypervisorDriver.absent(at, vm));
            if (host.job(vm.uuid()).isPresent()) {
                throw refused("vm.locked", vm + " is being saved already", at);
            }
            var volume = SimulatedDevices.volume(calls.world(), host, request.target());
            volume.extent().write(host, Content.unfinished(copy.image()));
            if (copy.image().length() > volume.size().bytes()) {
                throw Failure.of(FailureKind.STORAGE, "device.full", "no space left on " + request.target())
                        .host(at)
                        .next("give it a larger volume")
                        .build();
            }
            var begunAt = copy.ticks();
            var writer = request.writer();
            var job = new Job(
                    writer == MemoryWriter.STREAM || writer == MemoryWriter.LIVE_STREAM
                            ? Job.Kind.STREAM
                            : Job.Kind.SAVE,
                    vm,
                    call.token().operation(),
                    volume.ref(),
                    calls.world().clock().instant().plus(BY_ITSELF),
                    () -> finish(host, copy, volume, request, begunAt));
            host.jobs().add(job);
            waitFor(host, job);
            var length = new DataSize(copy.image().length());
            if (writer.pausesFirst() && copy.state() == GuestState.RUNNING) {
                throw refused("vm.ran", vm + " ran while it was saved", at);
            }
            return new SavedImage(length, length);
        });
    }

    private void waitFor(SimulatedHost host, Job job) {
        try {
            calls.middle(host.ref(), "guests.save");
        } catch (Failure failure) {
            if (!failure.isUnknownOutcome()) {
                host.jobs().remove(job);
            }
            throw failure;
        }
        if (!host.isReachable()) {
            throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.lost", "the host went away")
                    .host(host.ref())
                    .next("look when it is back")
                    .build();
        }
        if (!host.jobs().remove(job) && !job.ending().isOver()) {
            throw refused("operation.cancelled", "somebody ended the save", host.ref());
        }
        job.ending().run();
    }

    private void finish(SimulatedHost host, Copy copy, SimulatedVolume volume, SaveRequest request, long begunAt) {
        var isThere = host.copy(copy.vm().uuid()).filter(c -> c == copy).isPresent();
        if (!isThere || !SimulatedDevices.isWithin(calls.world(), host, volume)) {
            return;
        }
        switch (request.writer()) {
            case SNAPSHOT, STREAM -> {
                if (copy.ticks() == begunAt && copy.state() == GuestState.PAUSED) {
                    volume.extent().write(host, Content.finished(copy.image().labelled(request.ownerPaused())));
                }
            }
            case LIVE_STREAM -> {
                copy.pause();
                volume.extent().write(host, Content.finished(copy.image().labelled(request.ownerPaused())));
            }
            case FAST -> {
                volume.extent().write(host, Content.finished(copy.image().labelled(request.ownerPaused())));
                host.remove(copy.vm().uuid());
            }
        }
    }

    private static Failure refused(String code, String what, HostRef at) {
        return Failure.of(FailureKind.CONFLICT, code, what)
                .host(at)
                .next("find out who, then try again")
                .build();
    }
}
