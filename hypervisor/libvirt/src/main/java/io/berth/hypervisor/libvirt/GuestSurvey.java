package io.berth.hypervisor.libvirt;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.MemoryEstimate;
import io.berth.driver.hypervisor.SavedGuest;
import java.util.Optional;
import java.util.stream.IntStream;

/** Learns what a guest is and has. */
final class GuestSurvey {
    private static final int DEFINITIONS = 7;

    private final Virsh virsh;
    private final VirshCommands commands;
    private final GuestFinder finder;
    private final HostCpu hostCpu;

    GuestSurvey(Virsh virsh, VirshCommands commands, GuestFinder finder, HostCpu hostCpu) {
        this.virsh = virsh;
        this.commands = commands;
        this.finder = finder;
        this.hostCpu = hostCpu;
    }

    GuestDescription describe(HostRef host, VmRef vm) {
        var view = finder.existing(host, vm);
        if (view.state() == GuestState.ORPHANED) {
            throw GuestFailures.unexpected(host, vm, view, "libvirt can't describe the guest");
        }
        var what = "can't read what the guest is";
        var answers = virsh.several(host, what, DEFINITIONS, mark -> commands.describe(mark, vm.uuid()));
        var definition = answers.part(0);
        if (definition.isEmpty() || answers.part(1).isEmpty()) {
            throw VirshErrors.failure(
                    host, what, answers.result(), "virsh", "dumpxml", vm.uuid().toString());
        }
        var guest = GuestXml.parse(answers.part(1));
        var version = EmulatorVersion.ofAnswer(answers.part(3)).map(EmulatorVersion::toString);
        var profile = profile(host, guest, version.orElse(""));
        var alive = view.state().isAlive();
        var obstacles = SaveObstacles.of(
                host,
                guest,
                view.reason().startsWith("asleep"),
                alive && hasBlockJobs(host, vm, guest),
                answers.part(4) + "\n" + answers.part(5));
        var kept = view.persistent()
                ? Optional.of(kept(answers.part(2), isAutostarted(vm, answers.part(6))))
                : Optional.<String>empty();
        return new GuestDescription(view, profile, definition, kept, obstacles);
    }

    private GuestProfile profile(HostRef host, GuestXml guest, String version) {
        return new GuestProfile(
                guest.platform().architecture(),
                guest.platform().machine(),
                guest.hasHostCpu() ? hostCpu.name(host) : guest.cpuName(),
                version,
                guest.memory(),
                guest.localState());
    }

    SavedGuest identify(HostRef host, GuestXml guest) {
        return new SavedGuest(new VmRef(guest.uuid(), guest.name()), profile(host, guest, ""));
    }

    private static String kept(String definition, boolean autostarted) {
        return autostarted ? AutostartMark.put(definition) : definition;
    }

    private static boolean isAutostarted(VmRef vm, String autostarted) {
        return autostarted
                .lines()
                .anyMatch(line -> line.strip().equals(vm.uuid().toString()));
    }

    MemoryEstimate estimate(HostRef host, VmRef vm) {
        var what = "can't ask for the guest's memory";
        var answers = virsh.several(host, what, 2, mark -> commands.memory(mark, vm.uuid()));
        if (answers.part(1).isEmpty()) {
            throw VirshErrors.failure(
                    host,
                    what,
                    answers.result(),
                    "virsh",
                    "dommemstat",
                    vm.uuid().toString());
        }
        return MemoryEstimator.estimate(GuestXml.parse(answers.part(1)), answers.part(0));
    }

    /** The definition shows copies only; pulls and commits are told by the job itself. */
    private boolean hasBlockJobs(HostRef host, VmRef vm, GuestXml guest) {
        var targets = guest.disks().stream()
                .filter(disk -> !disk.source().isEmpty())
                .map(GuestDisk::target)
                .toList();
        if (targets.isEmpty()) {
            return false;
        }
        var answers = virsh.several(
                host, "can't ask for block jobs", targets.size(), mark -> commands.blockJobs(mark, vm.uuid(), targets));
        if (!answers.result().succeeded()) {
            throw VirshErrors.failure(
                    host,
                    "can't ask for block jobs",
                    answers.result(),
                    "virsh",
                    "blockjob",
                    vm.uuid().toString());
        }
        return IntStream.range(0, targets.size()).anyMatch(index -> BlockJobs.isActive(answers.part(index)));
    }
}
