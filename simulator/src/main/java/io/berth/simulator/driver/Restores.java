package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.RestoreRequest;
import io.berth.simulator.world.Job;
import io.berth.simulator.world.SimulatedHost;
import java.time.Duration;

/** Makes paused guests of images, in two halves as {@link Savings}. */
final class Restores {
    private static final Duration BY_ITSELF = Duration.ofSeconds(3);

    private final Calls calls;

    Restores(Calls calls) {
        this.calls = calls;
    }

    void restore(Call call, HostRef at, RestoreRequest request) {
        calls.change(at, "guests.restore", call.token(), host -> {
            var vm = request.vm();
            if (host.copy(vm.uuid()).isPresent()) {
                throw Failure.of(FailureKind.CONFLICT, "vm.exists", vm + " is there already")
                        .host(at)
                        .next("look at it first")
                        .build();
            }
            if (host.refusesRestores()) {
                throw Failure.of(FailureKind.HYPERVISOR, "libvirt.failed", "the guest can't be restored here")
                        .host(at)
                        .next("this host refuses all")
                        .build();
            }
            var volume = SimulatedDevices.volume(calls.world(), host, request.source());
            var content = volume.extent().seenBy(host);
            var image = content.image()
                    .filter(_ -> content.form() == ImageHeader.Form.COMPLETE)
                    .orElseThrow(Restores::partial);
            if (!image.vm().equals(vm)) {
                throw Failure.of(FailureKind.STORAGE, "image.foreign", "the image is of " + image.vm())
                        .next("nothing was done; see whose checkpoint it is")
                        .build();
            }
            var copy = calls.world().restore(image, volume.ref(), call.token().operation());
            if (!calls.world().open(copy, host)) {
                throw Failure.of(FailureKind.HYPERVISOR, "libvirt.failed", "the guest's disk can't be opened")
                        .host(at)
                        .next("see where it is")
                        .build();
            }
            copy.busy();
            host.put(copy);
            var job = new Job(
                    Job.Kind.RESTORE,
                    vm,
                    call.token().operation(),
                    volume.ref(),
                    calls.world().clock().instant().plus(BY_ITSELF),
                    () -> {
                        copy.pause();
                        request.persistentDefinition()
                                .ifPresent(definition -> host.definitions().put(vm.uuid(), definition));
                    });
            host.jobs().add(job);
            waitFor(host, job);
            return true;
        });
    }

    private void waitFor(SimulatedHost host, Job job) {
        try {
            calls.middle(host.ref(), "guests.restore");
        } catch (Failure failure) {
            var isOrphaned = host.copy(job.vm().uuid())
                    .filter(copy -> copy.state() == GuestState.ORPHANED)
                    .isPresent();
            if (!failure.isUnknownOutcome() && !isOrphaned) {
                host.remove(job.vm().uuid());
            }
            throw failure;
        }
        if (!host.isReachable() || (!host.jobs().remove(job) && !job.ending().isOver())) {
            throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.lost", "the restore was lost from sight")
                    .host(host.ref())
                    .next("look what became of it")
                    .build();
        }
        job.ending().run();
    }

    static Failure partial() {
        return Failure.of(FailureKind.STORAGE, "image.partial", "there is no finished image")
                .next("see 'berth checkpoint list'")
                .build();
    }
}
