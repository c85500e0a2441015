package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;
import java.util.Optional;

/**
 * {@code virsh save}, which ends the guest. Neither the command's exit code nor a lost answer decides what happened,
 * but what is there afterwards: the guest, or a complete image of it.
 */
final class FastWriting implements MemoryWriting {
    private final Virsh virsh;
    private final VirshCommands commands;
    private final GuestFinder finder;
    private final JobEnd jobs;
    private final LibvirtImage image;

    FastWriting(Virsh virsh, VirshCommands commands, GuestFinder finder, JobEnd jobs, LibvirtImage image) {
        this.virsh = virsh;
        this.commands = commands;
        this.finder = finder;
        this.jobs = jobs;
        this.image = image;
    }

    @Override
    public SavedImage write(Call call, HostRef host, VmRef vm, SaveRequest request) {
        var before = image.before(host, request);
        var problem = save(call, host, vm, request);
        // From here on nothing may be stopped half-way: the guest may be gone.
        var finishing = call.with(Cancellation.never());
        if (problem.isPresent() && problem.get().kind() == FailureKind.CANCELLED) {
            jobs.end(finishing, host, vm);
        }
        var left = finder.find(host, vm.uuid()).filter(view -> view.state().isAlive());
        if (left.isPresent()) {
            throw problem.orElseGet(() -> stillThere(host, vm, left.get()));
        }
        if (problem.isPresent() && !image.isComplete(host, vm, request)) {
            throw lost(host, vm, problem.get());
        }
        return image.finish(finishing, host, vm, request, before);
    }

    private Optional<Failure> save(Call call, HostRef host, VmRef vm, SaveRequest request) {
        var what = "can't save the guest to " + request.target();
        try (var _ = JobProgress.of(virsh, commands, call, host, vm.uuid())) {
            virsh.change(call, host, what, commands.save(vm.uuid(), request.target()));
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of(failure);
        }
    }

    private static Failure stillThere(HostRef host, VmRef vm, GuestView view) {
        return GuestFailures.unexpected(host, vm, view, "libvirt says it saved the guest, but it is there still");
    }

    private static Failure lost(HostRef host, VmRef vm, Failure cause) {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, "vm.gone", vm + " is gone and its image isn't complete")
                .why(cause.what() + ": " + cause.why())
                .next("don't delete the volume; look at the guest's log in /var/log/libvirt/qemu/ on the host")
                .host(host)
                .cause(cause)
                .build();
    }
}
