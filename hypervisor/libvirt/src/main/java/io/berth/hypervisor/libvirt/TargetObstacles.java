package io.berth.hypervisor.libvirt;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.Questions;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.xml.Xml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a guest could go on at a host, found out before anything is attached there. Everything is asked of libvirt
 * for the exact domain type, so that a guest under emulation is measured by what the emulator can do.
 */
final class TargetObstacles {
    private final Virsh virsh;
    private final VirshCommands commands;
    private final HostCpu hostCpu;

    TargetObstacles(Virsh virsh, VirshCommands commands, HostCpu hostCpu) {
        this.virsh = virsh;
        this.commands = commands;
        this.hostCpu = hostCpu;
    }

    List<Failure> find(HostRef host, GuestProfile profile, String definition) {
        var guest = GuestXml.parse(definition);
        // Of the profile: it is what the memory was made on, whatever the definition says by now.
        var platform = new GuestPlatform(guest.platform().type(), profile.architecture(), profile.machine());
        try (var questions = Questions.atOnce()) {
            var emulator = questions.ask(() -> emulator(host, profile));
            var machine = questions.ask(() -> machine(host, platform));
            var cpu = questions.ask(() -> cpu(host, profile, guest));
            var found = new ArrayList<Failure>();
            emulator.get().ifPresent(found::add);
            // Of a CPU libvirt tells nothing sensible where there is no such machine.
            machine.get().ifPresentOrElse(found::add, () -> cpu.get().ifPresent(found::add));
            return List.copyOf(found);
        }
    }

    /** Disks that other hosts may see stale; only an obstacle when the guest moves. */
    static List<Failure> incoherentDisks(HostRef host, GuestXml guest) {
        return guest.disks().stream()
                .filter(disk -> !disk.isCoherentBetweenHosts())
                .map(disk -> Failure.of(
                                FailureKind.CALLER,
                                "vm.incoherent-disk",
                                "disk " + disk.target() + " is cached on its host")
                        .why("cache mode '" + disk.cache() + "': another host may read old blocks of it")
                        .next("restore on the host it was saved on, or set cache='none' for the disk")
                        .host(host)
                        .build())
                .toList();
    }

    private Optional<Failure> emulator(HostRef host, GuestProfile profile) {
        var answer = virsh.answer(host, "can't ask for the hypervisor's version", commands.version());
        var here = EmulatorVersion.ofAnswer(answer);
        var writer = EmulatorVersion.parse(profile.emulatorVersion());
        if (here.isEmpty()) {
            return Optional.of(obstacle(host, "host.no-emulator", "the host's libvirt runs no hypervisor")
                    .next("install QEMU on the host")
                    .build());
        }
        return writer.filter(here.get()::isOlderThan)
                .map(newer -> obstacle(
                                host, "host.older-emulator", "the host's emulator is older than the guest's memory")
                        .why("it is " + here.get() + ", the memory was written by " + newer)
                        .next("update QEMU on the host or choose another host")
                        .build());
    }

    private Optional<Failure> machine(HostRef host, GuestPlatform platform) {
        var argv = commands.domainCapabilities(platform);
        var result = virsh.look(host, argv);
        if (result.succeeded()) {
            return Optional.empty();
        }
        refuseIfLibvirtIsAway(host, result, argv);
        return Optional.of(obstacle(host, "host.no-machine", "the host can't run such a machine")
                .why(platform.type() + ", " + platform.architecture() + ", " + platform.machine())
                .next("choose a host that offers that machine type")
                .output(result.errorOutput())
                .build());
    }

    private Optional<Failure> cpu(HostRef host, GuestProfile profile, GuestXml guest) {
        if (guest.hasHostCpu()) {
            var here = hostCpu.name(host);
            return here.equals(profile.cpu())
                    ? Optional.empty()
                    : Optional.of(
                            obstacle(host, "host.other-cpu", "the guest has its host's CPU and this host's is another")
                                    .why("it was " + profile.cpu() + ", here it is " + here)
                                    .next("restore on a host with the same CPU and microcode")
                                    .build());
        }
        var cpu = guest.cpu().filter(element -> Xml.child(element, "model").isPresent());
        if (cpu.isEmpty()) {
            // The machine type's default CPU; machine() has seen that the machine is there.
            return Optional.empty();
        }
        var argv = commands.compareCpu(guest.platform());
        var result = virsh.look(host, GuestXml.text(cpu.get()).getBytes(StandardCharsets.UTF_8), argv);
        if (result.succeeded()) {
            return Optional.empty();
        }
        refuseIfLibvirtIsAway(host, result, argv);
        return Optional.of(obstacle(host, "host.weaker-cpu", "the host's CPU can't stand in for the guest's")
                .why("the guest has " + guest.cpuName())
                .next("choose a host with that CPU or a better one of its kind")
                .output(result.errorOutput())
                .build());
    }

    /** No connection is no answer. */
    private static void refuseIfLibvirtIsAway(HostRef host, CommandResult result, String... argv) {
        var failure = VirshErrors.failure(host, "can't ask libvirt what the host offers", result, argv);
        if (failure.kind() == FailureKind.ENVIRONMENT) {
            throw failure;
        }
    }

    private static Failure.Builder obstacle(HostRef host, String code, String what) {
        return Failure.of(FailureKind.ENVIRONMENT, code, what).host(host);
    }
}
