package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.host.HostCommand;
import io.berth.driver.storage.VolumeRef;
import java.util.ArrayList;
import java.util.List;

/** The arguments of every command that shows an image as a file on a host; nothing else builds any. */
final class ExportCommands {
    static final String DAEMON = "qemu-storage-daemon";

    /** What the daemon takes from its environment: a disk daemon may be away for a minute, a monitor can't at first. */
    private static final String LIMITS =
            "--client_mount_timeout=10 --rados_mon_op_timeout=20 --rados_osd_op_timeout=60";

    private final CephSettings settings;
    private final CephNames names;

    ExportCommands(CephSettings settings, CephNames names) {
        this.settings = settings;
        this.names = names;
    }

    static HostCommand daemonIsThere() {
        return HostCommand.reading(DAEMON, "--version");
    }

    static HostCommand fuseIsThere() {
        return HostCommand.reading("test", "-c", "/dev/fuse");
    }

    HostCommand makeFolder(Call call) {
        return HostCommand.changing(call, HostCommand.HELPER, "make-folder", names.folder());
    }

    /** An empty file for the image to cover. */
    HostCommand makeFile(Call call, VolumeRef volume) {
        return HostCommand.changing(call, HostCommand.HELPER, "replace", names.file(volume));
    }

    HostCommand start(Call call, VolumeRef volume) {
        var argv = new ArrayList<>(List.of(
                HostCommand.HELPER, "daemon-start", process(volume), log(volume), "--", "env", "CEPH_ARGS=" + LIMITS));
        if (settings.key() instanceof CephKey.Keyring(var path)) {
            argv.add("CEPH_KEYRING=" + path);
        }
        argv.add(DAEMON);
        if (settings.key() instanceof CephKey.Keyfile(var path)) {
            argv.addAll(List.of("--object", "secret,id=key,format=base64,file=" + option(path)));
        }
        argv.addAll(List.of("--blockdev", image(volume), "--export", export(volume), "--pidfile", process(volume)));
        return HostCommand.changing(call, argv.toArray(String[]::new));
    }

    private String image(VolumeRef volume) {
        var options = new StringBuilder("driver=rbd,node-name=volume,discard=unmap")
                .append(",conf=")
                .append(option(settings.conf()))
                .append(",user=")
                .append(option(settings.user()))
                .append(",pool=")
                .append(option(settings.pool()));
        settings.namespace().ifPresent(name -> options.append(",namespace=").append(option(name)));
        options.append(",image=").append(option(names.image(volume)));
        if (settings.key() instanceof CephKey.Keyfile) {
            options.append(",key-secret=key");
        }
        return options.toString();
    }

    /** The argument by which the volume's daemon is found again. */
    private String export(VolumeRef volume) {
        return "type=fuse,id=volume,node-name=volume,writable=on,mountpoint=" + option(names.file(volume));
    }

    /** A comma in QEMU's options is written twice. */
    private static String option(String value) {
        return value.replace(",", ",,");
    }

    HostCommand find(VolumeRef volume) {
        return HostCommand.reading(HostCommand.HELPER, "daemon-find", DAEMON, export(volume));
    }

    HostCommand end(Call call, VolumeRef volume, String process) {
        return HostCommand.changing(call, HostCommand.HELPER, "daemon-end", process, DAEMON, export(volume));
    }

    static HostCommand mounts() {
        return HostCommand.reading("cat", "/proc/self/mountinfo");
    }

    /** Also what a dead daemon left, which can't be looked at any more. */
    HostCommand unmount(Call call, VolumeRef volume) {
        return HostCommand.changing(call, "umount", "--lazy", names.file(volume));
    }

    HostCommand setLength(Call call, VolumeRef volume, DataSize size) {
        return HostCommand.changing(call, "truncate", "--no-create", "--size=" + size.bytes(), names.file(volume));
    }

    /** Which device was made over the file: the kernel forgets the file's name when an orderly daemon ends first. */
    HostCommand note(Call call, VolumeRef volume, byte[] device) {
        return HostCommand.changing(call, HostCommand.HELPER, "replace", note(volume))
                .withStdin(device);
    }

    HostCommand readNote(VolumeRef volume) {
        return HostCommand.reading(HostCommand.HELPER, "read", note(volume));
    }

    /** Everything beside the mount that attaching made, the file itself last. */
    HostCommand removeFiles(Call call, VolumeRef volume) {
        return HostCommand.changing(
                call, HostCommand.HELPER, "remove", note(volume), process(volume), log(volume), names.file(volume));
    }

    private String process(VolumeRef volume) {
        return names.file(volume) + ".pid";
    }

    private String log(VolumeRef volume) {
        return names.file(volume) + ".log";
    }

    private String note(VolumeRef volume) {
        return names.file(volume) + ".device";
    }
}
