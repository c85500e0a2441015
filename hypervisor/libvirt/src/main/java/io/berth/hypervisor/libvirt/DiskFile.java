package io.berth.hypervisor.libvirt;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a disk's path leads to on a host.
 *
 * @param path without links; empty when there is nothing
 * @param kind as {@code stat} names it
 * @param inode of a file; file systems that hosts share have the same ones on each
 * @param size of a file in bytes
 */
record DiskFile(GuestDisk disk, String path, String kind, String inode, String size) {
    private static final String BLOCK = "block special file";
    /** Names that a kernel gives in the order in which it finds devices. */
    private static final Pattern NUMBERED =
            Pattern.compile("/dev/(loop|ram|zram|sd|hd|vd|xvd|nvme|dm-|md|rbd|nbd|sr|drbd|bcache)[0-9a-z]*");

    static DiskFile look(Virsh virsh, HostRef host, GuestDisk disk) {
        var real = virsh.look(host, "realpath", "-e", "--", disk.source());
        if (!real.succeeded()) {
            return new DiskFile(disk, "", "", "", "");
        }
        var path = real.output().stripTrailing();
        var answer = virsh.answer(
                host,
                "can't look at disk " + disk.target(),
                "env",
                "LC_ALL=C",
                "stat",
                "--format=%F:%i:%s",
                "--",
                path);
        var parts = answer.strip().split(":", -1);
        return parts.length == 3
                ? new DiskFile(disk, path, parts[0], parts[1], parts[2])
                : new DiskFile(disk, "", "", "", "");
    }

    boolean isFile() {
        return kind.startsWith("regular");
    }

    String folder() {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    /** Why this, on the source, isn't what the target has. */
    Optional<Failure> obstacle(DiskFile there, HostRef to) {
        if (there.path.isEmpty()) {
            return Optional.of(differs(to, "there is nothing at " + disk.source()));
        }
        if (kind.equals(BLOCK) && there.kind.equals(BLOCK)) {
            return isNumbered(disk.source())
                    ? Optional.of(differs(to, "the name " + disk.source() + " may be another device there"))
                    : Optional.empty();
        }
        if (!kind.equals(there.kind) || !size.equals(there.size)) {
            return Optional.of(differs(to, "at " + disk.source() + " it has something else"));
        }
        return disk.readOnly() || inode.equals(there.inode)
                ? Optional.empty()
                : Optional.of(differs(to, "at " + disk.source() + " it has another file of that size"));
    }

    private static boolean isNumbered(String path) {
        return NUMBERED.matcher(path).matches();
    }

    private Failure differs(HostRef to, String why) {
        return Failure.of(
                        FailureKind.CALLER, "migrate.disk-not-shared", "the target doesn't have disk " + disk.target())
                .why(why)
                .next("give both hosts the same disk under the same lasting path, or choose another host")
                .host(to)
                .build();
    }
}
