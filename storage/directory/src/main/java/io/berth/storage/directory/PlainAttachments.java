package io.berth.storage.directory;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.FileAttachments;
import io.berth.storage.files.FolderStorage;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.OpenFiles;
import io.berth.storage.hosts.Patience;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A volume's file as the device itself.
 *
 * <p>Nothing has to be done for a host to use a file that it sees. That it does is a mark on the host, a link in a folder
 * that the host forgets when it restarts, as it forgets its block devices: so an attachment lives as long here as
 * elsewhere, and a volume in use isn't deleted.
 */
final class PlainAttachments implements FileAttachments {
    /** In /run: in memory on every Linux since 2011. A folder for each volume, so that removing one races with none. */
    private static final String MARKS = "/run/berth-host/attached";

    private final FolderStorage folder;
    private final DatastoreHosts hosts;
    private final OpenFiles open;

    PlainAttachments(FolderStorage folder, Patience patience) {
        this.folder = folder;
        this.hosts = folder.hosts();
        this.open = new OpenFiles(hosts, patience);
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host) {
        var size = folder.existing(volume).size();
        var file = folder.image(volume);
        var device = new DevicePath(file);
        var seen = sizeOf(host, device);
        if (!seen.equals(Optional.of(size))) {
            throw attachFailed(volume, host)
                    .why(Printable.line(file) + " has "
                            + seen.map(DataSize::toString).orElse("no size") + " there in place of " + size)
                    .next("see that all hosts have the same file system at "
                            + Printable.line(folder.settings().folder()))
                    .build();
        }
        var answer = hosts.on(host, MarkCommands.set(call, mark(volume), file));
        if (!answer.succeeded()) {
            throw answer.storage("volume.attach-failed", "volume " + volume + " can't be attached")
                    .why("its use can't be noted in " + MARKS)
                    .next("see what is wrong with /run on the host, then try again")
                    .build();
        }
        return device;
    }

    private Optional<DataSize> sizeOf(HostRef host, DevicePath file) {
        var answer = hosts.on(host, MarkCommands.fileSize(file));
        var digits = answer.result().output().strip();
        return answer.succeeded() && digits.matches("[0-9]{1,18}")
                ? Optional.of(new DataSize(Long.parseLong(digits)))
                : Optional.empty();
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        if (device(volume, host).isEmpty()) {
            return;
        }
        open.awaitFree(volume, host, folder.image(volume));
        var answer = hosts.on(host, MarkCommands.remove(call, mark(volume)));
        if (!answer.succeeded()) {
            throw answer.storage("volume.detach-failed", "volume " + volume + " can't be detached")
                    .why("the note of its use stays in " + MARKS)
                    .next("see what is wrong with /run on the host, then try again")
                    .build();
        }
    }

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        var file = folder.image(volume);
        var answer = hosts.on(host, MarkCommands.read(mark(volume)));
        if (answer.says("absent")) {
            return Optional.empty();
        }
        if (!answer.succeeded()) {
            throw answer.failure("it is unknown whether " + volume + " is attached");
        }
        return Optional.of(new DevicePath(file));
    }

    @Override
    public Set<HostRef> hosts(VolumeRef volume) {
        folder.requireOwn(volume);
        var attached = new LinkedHashSet<HostRef>();
        hosts.onEachReachable(host -> device(volume, host).map(device -> host))
                .forEach(host -> host.ifPresent(attached::add));
        return attached;
    }

    /** A file is as long as it is. */
    @Override
    public void fileGrew(Call call, VolumeRef volume) {}

    private String mark(VolumeRef volume) {
        return MARKS + folder.image(volume) + "/file";
    }

    private static Failure.Builder attachFailed(VolumeRef volume, HostRef host) {
        return Failure.of(FailureKind.STORAGE, "volume.attach-failed", "volume " + volume + " can't be attached")
                .host(host);
    }
}
