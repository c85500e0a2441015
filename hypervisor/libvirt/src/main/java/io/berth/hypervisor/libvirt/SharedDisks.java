package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Whether two hosts have the same disks behind the same paths. libvirt knows that of a few file systems only, and takes
 * anything else on trust or not at all.
 */
final class SharedDisks {
    private static final int TRIES = 5;
    /** A client of a network file system may remember for a moment that a name wasn't there. */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Virsh virsh;

    SharedDisks(Virsh virsh) {
        this.virsh = virsh;
    }

    /** Why a disk isn't the same there, as far as one can see without writing anything. */
    List<Failure> obstacles(HostRef from, HostRef to, List<GuestDisk> disks) {
        return disks.stream()
                .filter(SharedDisks::isLocalName)
                .flatMap(disk -> DiskFile.look(virsh, from, disk).obstacle(DiskFile.look(virsh, to, disk), to).stream())
                .toList();
    }

    /**
     * Writes beside each disk file on one host what the other has to see there.
     *
     * @throws Failure {@code migrate.disk-not-shared}
     */
    void prove(Call call, HostRef from, HostRef to, List<GuestDisk> disks) {
        disks.stream()
                .filter(disk -> isLocalName(disk) && !disk.readOnly())
                .map(disk -> DiskFile.look(virsh, from, disk))
                .filter(DiskFile::isFile)
                .map(DiskFile::folder)
                .distinct()
                .forEach(folder -> proveFolder(call, from, to, folder));
    }

    private void proveFolder(Call call, HostRef from, HostRef to, String folder) {
        var mark = UUID.randomUUID().toString();
        var path = folder + "/.berth-seen-" + mark;
        virsh.change(
                call,
                from,
                "can't see whether the hosts share " + folder,
                mark.getBytes(StandardCharsets.UTF_8),
                HostCommand.HELPER,
                "create-once",
                path);
        try {
            if (!isSeen(to, path, mark)) {
                throw Failure.of(
                                FailureKind.CALLER,
                                "migrate.disk-not-shared",
                                "the target doesn't have the guest's disk")
                        .why("what " + from + " writes into " + folder + " isn't seen there")
                        .next("share that folder between the hosts, or say --cold from shared disks only")
                        .host(to)
                        .build();
            }
        } finally {
            virsh.change(call, from, "can't remove " + path, HostCommand.HELPER, "remove", path);
        }
    }

    private boolean isSeen(HostRef to, String path, String mark) {
        for (var attempt = 1; attempt <= TRIES; attempt++) {
            CommandResult seen = virsh.look(to, HostCommand.HELPER, "read", path);
            if (seen.succeeded()) {
                return seen.output().equals(mark);
            }
            if (attempt < TRIES) {
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isLocalName(GuestDisk disk) {
        return !disk.network() && !disk.source().isEmpty();
    }
}
