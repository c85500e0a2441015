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
import java.util.stream.Stream;

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
        folders(from, disks).forEach(folder -> proveFolder(call, from, to, folder));
    }

    /** Removes what a proof that was cut short has left, as one of the hosts sees it. */
    void clear(Call call, HostRef at, List<GuestDisk> disks) {
        folders(at, disks).forEach(folder -> remove(call, at, markIn(folder, call)));
    }

    private Stream<String> folders(HostRef host, List<GuestDisk> disks) {
        return disks.stream()
                .filter(disk -> isLocalName(disk) && !disk.readOnly())
                .map(disk -> DiskFile.look(virsh, host, disk))
                .filter(DiskFile::isFile)
                .map(DiskFile::folder)
                .distinct();
    }

    /** The operation's, so that whoever goes on with it can remove it. */
    private static String markIn(String folder, Call call) {
        return folder + "/.berth-seen-" + call.token().operation().id();
    }

    private void remove(Call call, HostRef host, String path) {
        virsh.change(call, host, "can't remove " + path, HostCommand.HELPER, "remove", path);
    }

    private void proveFolder(Call call, HostRef from, HostRef to, String folder) {
        var mark = UUID.randomUUID().toString();
        var path = markIn(folder, call);
        virsh.change(
                call,
                from,
                "can't see whether the hosts share " + folder,
                mark.getBytes(StandardCharsets.UTF_8),
                HostCommand.HELPER,
                "replace",
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
            remove(call, from, path);
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
