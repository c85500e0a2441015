package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.VmRef;
import java.util.List;
import java.util.Optional;

/**
 * Disks that go along with a guest that runs. QEMU mirrors them, as the guest sees them, into files of the same path that
 * have to be there, in the format that the guest's definition tells.
 */
final class CopiedDisks {
    private static final String RAW = "raw";
    private static final String QCOW2 = "qcow2";

    private final Virsh virsh;
    private final VirshCommands commands;

    CopiedDisks(Virsh virsh, VirshCommands commands) {
        this.virsh = virsh;
        this.commands = commands;
    }

    /** Why the disk can't be copied so. */
    static Optional<Failure> obstacle(HostRef from, GuestDisk disk) {
        if (disk.backed()) {
            return Optional.of(refused(from, disk, "it has a backing image"));
        }
        return switch (disk.format()) {
            case RAW, QCOW2 -> Optional.empty();
            default -> Optional.of(refused(from, disk, "its format is " + Printable.line(disk.format())));
        };
    }

    private static Failure refused(HostRef from, GuestDisk disk, String why) {
        return Failure.of(
                        FailureKind.CALLER,
                        "migrate.disk-not-copied",
                        "disk " + disk.target() + " can't be copied while the guest runs")
                .host(from)
                .why(why)
                .next("say --cold: through a checkpoint its directory goes along")
                .build();
    }

    /** A raw file is as it should be when it is as long; one of another format gets that, empty. */
    void prepare(Call call, HostRef from, VmRef vm, HostRef to, List<GuestDisk> disks) {
        for (var disk : disks) {
            obstacle(from, disk).ifPresent(failure -> {
                throw failure;
            });
            if (disk.format().equals(QCOW2)) {
                virsh.change(
                        call,
                        to,
                        "can't make an image for disk " + disk.target(),
                        "qemu-img",
                        "create",
                        "-q",
                        "-f",
                        QCOW2,
                        disk.source(),
                        Long.toString(size(from, vm, disk)));
            }
        }
    }

    private long size(HostRef from, VmRef vm, GuestDisk disk) {
        var what = "can't see how large disk " + disk.target() + " is";
        var answer = virsh.answer(from, what, commands.diskSize(vm.uuid(), disk.target()));
        return Fields.of(answer, ":")
                .number("Capacity")
                .orElseThrow(() -> Failure.of(FailureKind.HYPERVISOR, "libvirt.odd-answer", what)
                        .host(from)
                        .why("virsh domblkinfo names no capacity")
                        .next("run 'virsh domblkinfo' by hand on the host")
                        .build());
    }
}
