package io.berth.hypervisor.libvirt;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import java.util.ArrayList;
import java.util.List;

/** Why a guest's memory can't be saved, or can't be saved without losing something. */
final class SaveObstacles {
    private final HostRef host;
    private final List<Failure> found = new ArrayList<>();

    private SaveObstacles(HostRef host) {
        this.host = host;
    }

    /**
     * @param guest as it runs
     * @param asleep it is in ACPI sleep
     * @param blockJobs whether libvirt names a job on any of its disks
     * @param snapshots names of snapshots and checkpoints that libvirt keeps on the host, one a line
     */
    static List<Failure> of(HostRef host, GuestXml guest, boolean asleep, boolean blockJobs, String snapshots) {
        var obstacles = new SaveObstacles(host);
        obstacles.find(guest, asleep, blockJobs, snapshots);
        return List.copyOf(obstacles.found);
    }

    private void find(GuestXml guest, boolean asleep, boolean blockJobs, String snapshots) {
        if (asleep) {
            add(
                    "vm.asleep",
                    "the guest sleeps",
                    "ACPI sleep (S3) isn't kept in an image",
                    "wake it: virsh dompmwakeup");
        }
        if (blockJobs || guest.disks().stream().anyMatch(GuestDisk::mirrored)) {
            add(
                    "vm.block-job",
                    "a disk of the guest is being copied",
                    "a block job is active",
                    "wait for the block job or end it with 'virsh blockjob --abort'");
        }
        if (!guest.hostDevices().isEmpty()) {
            add(
                    "vm.host-device",
                    "the guest holds devices of its host",
                    String.join(", ", guest.hostDevices()) + ": what is inside them can't be saved",
                    "detach them first");
        }
        if (guest.sharesFolders()) {
            add(
                    "vm.shared-folder",
                    "the guest shares a folder with its host",
                    "its state lives in a process beside QEMU and isn't saved",
                    "unmount it in the guest and detach it");
        }
        if (!guest.localState().isEmpty()) {
            add(
                    "vm.local-state",
                    "the guest keeps state on its host that this version doesn't carry",
                    String.join(", ", guest.localState()),
                    "shut the guest down instead, and copy that by hand");
        }
        if (!snapshots.isBlank()) {
            add(
                    "vm.has-snapshots",
                    "the host's libvirt keeps snapshots or checkpoints of the guest",
                    snapshots.lines().filter(line -> !line.isBlank()).count()
                            + " of them, which would be lost with its definition",
                    "delete them or their metadata: virsh snapshot-delete, virsh checkpoint-delete");
        }
    }

    private void add(String code, String what, String why, String next) {
        found.add(Failure.of(FailureKind.CONFLICT, code, what)
                .why(why)
                .next(next)
                .host(host)
                .build());
    }
}
