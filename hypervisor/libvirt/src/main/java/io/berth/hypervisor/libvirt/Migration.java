package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.MigrationRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Brings guests to other hosts, libvirt to libvirt. libvirt goes on with it when the client that asked is gone; its own
 * hand-over isn't safe: when the answer that the target runs is lost, it lets the source run again. So the target is left
 * paused.
 */
final class Migration {
    /** How long libvirt may take to begin what a client asked that is gone by now; it begins in milliseconds. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Virsh virsh;
    private final VirshCommands commands;
    private final GuestFinder finder;
    private final GuestPower power;
    private final SharedDisks disks;
    private final CopiedDisks copies;
    private final MigrationSettings settings;
    private final EmulatedLive emulated;

    Migration(
            Virsh virsh,
            VirshCommands commands,
            GuestFinder finder,
            GuestPower power,
            MigrationSettings settings,
            EmulatedLive emulated) {
        this.virsh = virsh;
        this.commands = commands;
        this.finder = finder;
        this.power = power;
        this.disks = new SharedDisks(virsh);
        this.copies = new CopiedDisks(virsh, commands);
        this.settings = settings;
        this.emulated = emulated;
    }

    void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
        var guest = GuestXml.parse(request.definition());
        if (!guest.uuid().equals(vm.uuid())) {
            throw Failure.of(FailureKind.BUG, "vm.other-definition", "the definition is another guest's")
                    .host(request.to())
                    .build();
        }
        var there = finder.existing(from, vm);
        if (there.state() != GuestState.RUNNING && there.state() != GuestState.PAUSED) {
            throw GuestFailures.unexpected(from, vm, there, "can't move the guest");
        }
        disks.prove(call, from, request.to(), notCopied(guest, request));
        copies.prepare(
                call,
                from,
                vm,
                request.to(),
                guest.disks().stream()
                        .filter(disk -> request.copied().contains(disk.target()))
                        .toList());
        if (emulated == EmulatedLive.PAUSE && guest.platform().isEmulated()) {
            power.pause(call, from, vm);
        }
        move(call, from, vm, request);
    }

    private void move(Call call, HostRef from, VmRef vm, MigrationRequest request) {
        var argv = commands.migrate(vm.uuid(), settings.uri(request.to()), settings, request.copied());
        var definition =
                RestoreMark.put(request.definition(), call.token().operation()).getBytes(StandardCharsets.UTF_8);
        // The watch ends it before that; the transport could only lose sight of it.
        var command = HostCommand.changing(call, argv)
                .withStdin(definition)
                .withDeadline(call.deadline().multipliedBy(2));
        try (var watch = watch(call, from, vm).start()) {
            var result = virsh.run(from, command);
            if (!result.succeeded()) {
                throw watch.verdict()
                        .orElseGet(() ->
                                VirshErrors.failure(from, "can't bring the guest to " + request.to(), result, argv));
            }
        } catch (Failure failure) {
            if (failure.kind() == FailureKind.CANCELLED) {
                stop(call, from, vm, request, failure);
            } else {
                throw failure;
            }
        }
    }

    /** The client was killed; libvirt hasn't heard of it. It may have come to its end all the same. */
    private void stop(Call call, HostRef from, VmRef vm, MigrationRequest request, Failure wish) {
        linger();
        cancel(call.with(Cancellation.never()), from, vm);
        var isGone = finder.find(from, vm.uuid())
                .filter(view -> view.state().isAlive())
                .isEmpty();
        var hasArrived = finder.find(request.to(), vm.uuid())
                .filter(view -> view.state() == GuestState.PAUSED)
                .isPresent();
        if (!isGone || !hasArrived) {
            throw wish;
        }
    }

    void clear(Call call, HostRef at, MigrationRequest request) {
        disks.clear(call, at, notCopied(GuestXml.parse(request.definition()), request));
    }

    private static List<GuestDisk> notCopied(GuestXml guest, MigrationRequest request) {
        return guest.disks().stream()
                .filter(disk -> !request.copied().contains(disk.target()))
                .toList();
    }

    void await(Call call, HostRef from, VmRef vm) {
        watch(call, from, vm).awaitEnd();
    }

    private MigrationWatch watch(Call call, HostRef from, VmRef vm) {
        return new MigrationWatch(virsh, commands, call, from, vm.uuid(), settings.passes());
    }

    void cancel(Call call, HostRef from, VmRef vm) {
        var seen = finder.find(from, vm.uuid());
        if (seen.isEmpty() || !seen.get().state().isAlive()) {
            return;
        }
        // It fails when there is no job, and may come too late: what counts is that none is left.
        virsh.attempt(call, from, new byte[0], commands.abortJob(vm.uuid()));
        watch(call, from, vm).ending().awaitEnd();
    }

    private static void linger() {
        try {
            Thread.sleep(LINGER);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
