package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Brings a guest into a state. Every call looks first, since virsh, where it has to do it, takes a UUID that no domain has for the name of one;
 * and looks again after an error, since the state may be there all the same.
 */
final class GuestPower {
    private final Virsh virsh;
    private final VirshCommands commands;
    private final GuestFinder finder;

    GuestPower(Virsh virsh, VirshCommands commands, GuestFinder finder) {
        this.virsh = virsh;
        this.commands = commands;
        this.finder = finder;
    }

    void pause(Call call, HostRef host, VmRef vm) {
        bring(
                call,
                host,
                vm,
                GuestState.RUNNING,
                GuestState.PAUSED,
                "can't pause the guest",
                commands.suspend(vm.uuid()));
    }

    void resume(Call call, HostRef host, VmRef vm) {
        bring(
                call,
                host,
                vm,
                GuestState.PAUSED,
                GuestState.RUNNING,
                "can't resume the guest",
                commands.resume(vm.uuid()));
    }

    private void bring(Call call, HostRef host, VmRef vm, GuestState from, GuestState to, String what, Question deed) {
        var now = finder.existing(host, vm);
        if (now.state() == to) {
            return;
        }
        if (now.state() != from) {
            throw GuestFailures.unexpected(host, vm, now, what);
        }
        var result = virsh.attempt(call, host, deed);
        if (!result.succeeded() && !isIn(host, vm, to)) {
            throw VirshErrors.failure(host, what, result, deed.virshCommand());
        }
    }

    private boolean isIn(HostRef host, VmRef vm, GuestState state) {
        return finder.find(host, vm.uuid())
                .filter(view -> view.state() == state)
                .isPresent();
    }

    void destroy(Call call, HostRef host, VmRef vm) {
        var seen = alive(host, vm);
        if (seen.isEmpty()) {
            return;
        }
        var deed = commands.destroy(vm.uuid());
        if (seen.get().state() != GuestState.ORPHANED) {
            var result = virsh.attempt(call, host, deed);
            seen = alive(host, vm);
            if (seen.isEmpty()) {
                return;
            }
            if (seen.get().state() != GuestState.ORPHANED) {
                throw result.succeeded()
                        ? GuestFailures.unexpected(host, vm, seen.get(), "the guest was destroyed, but is there still")
                        : VirshErrors.failure(host, "can't destroy the guest", result, deed.virshCommand());
            }
        }
        endProcesses(call, host, vm);
    }

    private Optional<GuestView> alive(HostRef host, VmRef vm) {
        return finder.find(host, vm.uuid()).filter(view -> view.state().isAlive());
    }

    private void endProcesses(Call call, HostRef host, VmRef vm) {
        for (var process : finder.processes(host, vm.uuid().toString())) {
            virsh.change(
                    call,
                    host,
                    "can't end the guest's orphaned process",
                    HostCommand.HELPER,
                    "end-process",
                    Long.toString(process.pid()),
                    vm.uuid().toString());
        }
        alive(host, vm).ifPresent(view -> {
            throw GuestFailures.unexpected(host, vm, view, "the guest's process doesn't end");
        });
    }

    void undefine(Call call, HostRef host, VmRef vm) {
        if (!isKept(host, vm)) {
            return;
        }
        var deed = commands.undefine(vm.uuid());
        var result = virsh.attempt(call, host, deed);
        if (!result.succeeded() && isKept(host, vm)) {
            throw VirshErrors.failure(host, "can't make the host forget the guest", result, deed.virshCommand());
        }
    }

    private boolean isKept(HostRef host, VmRef vm) {
        return finder.find(host, vm.uuid()).filter(GuestView::persistent).isPresent();
    }

    /** A guest that is alive stays so and is kept from now on. */
    void define(Call call, HostRef host, VmRef vm, String definition) {
        if (!GuestXml.parse(definition).uuid().equals(vm.uuid())) {
            throw Failure.of(FailureKind.BUG, "vm.other-definition", "the definition is another guest's")
                    .host(host)
                    .build();
        }
        var autostarted = AutostartMark.isOn(definition);
        var plain = autostarted ? AutostartMark.without(definition) : definition;
        virsh.change(
                call,
                host,
                "can't make the host keep the guest",
                plain.getBytes(StandardCharsets.UTF_8),
                commands.define());
        if (autostarted) {
            virsh.change(
                    call,
                    host,
                    "can't make the host start the guest by itself again",
                    new byte[0],
                    commands.autostart(vm.uuid()));
        }
    }
}
