package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.driver.storage.Volumes;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.HostAnswer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Volumes as sparse files. */
final class FileVolumes implements Volumes {
    /** A loop device drops what doesn't fill a block, and blocks may be as large as the file system's. */
    private static final DataSize GRAIN = DataSize.ofMebibytes(1);

    private static final Pattern ROOM = Pattern.compile("([0-9]{1,19})\\s+([0-9]{1,19})");

    private final FolderSettings settings;
    private final VolumeFiles files;
    private final DatastoreHosts hosts;
    private final DatastoreFolder folder;
    private final FileLedger ledger;
    private final FileAttachments attachments;

    FileVolumes(
            FolderSettings settings,
            VolumeFiles files,
            DatastoreHosts hosts,
            DatastoreFolder folder,
            FileLedger ledger,
            FileAttachments attachments) {
        this.settings = settings;
        this.files = files;
        this.hosts = hosts;
        this.folder = folder;
        this.ledger = ledger;
        this.attachments = attachments;
    }

    @Override
    public VolumeInfo create(Call call, VolumeRef volume, DataSize atLeast) {
        var size = inGrains(atLeast);
        var answer = hosts.change(FileCommands.makeVolume(call, files.image(volume), size));
        if (answer.says("too-small")) {
            throw answer.storage("volume.too-small", "volume " + volume + " can't be made with " + size)
                    .why("it is there already, and smaller")
                    .next("find out whose it is with 'berth checkpoint list'; delete it or use another name")
                    .build();
        }
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, "volume " + volume + " can't be made", settings);
        }
        return find(volume).orElseThrow(() -> folder.absent(volume));
    }

    @Override
    public Optional<VolumeInfo> find(VolumeRef volume) {
        return folder.find(volume);
    }

    @Override
    public List<VolumeInfo> list() {
        return folder.listing().stream()
                .filter(item -> item.file() instanceof VolumeFiles.Image)
                .map(FolderListing.Item::volumeInfo)
                .sorted((one, other) -> one.volume().compareTo(other.volume()))
                .toList();
    }

    @Override
    public void grow(Call call, VolumeRef volume, DataSize atLeast) {
        var answer = hosts.change(FileCommands.growVolume(call, files.image(volume), inGrains(atLeast)));
        if (answer.says("absent")) {
            throw folder.absent(volume);
        }
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, "volume " + volume + " can't be enlarged", settings);
        }
        attachments.fileGrew(call, volume);
    }

    @Override
    public void delete(Call call, VolumeRef volume) {
        var attached = attachments.hosts(volume);
        if (!attached.isEmpty()) {
            throw Failure.of(FailureKind.CONFLICT, "volume.attached", "volume " + volume + " can't be deleted")
                    .why("it is attached on " + attached)
                    .next("detach it there first; if a guest was restored from it, wait until it runs")
                    .build();
        }
        folder.remove(call, files.image(volume));
        ledger.forget(call, volume);
    }

    @Override
    public Capacity capacity() {
        return room(hosts.read(() -> FileCommands.room(files.folder())), settings);
    }

    static Capacity room(HostAnswer answer, FolderSettings settings) {
        var room = ROOM.matcher(answer.result().output().strip());
        if (!answer.succeeded() || !room.matches()) {
            throw FolderFailures.of(
                    answer, "the room on datastore " + Printable.line(settings.datastore()) + " is unknown", settings);
        }
        return new Capacity(new DataSize(Long.parseLong(room.group(1))), new DataSize(Long.parseLong(room.group(2))));
    }

    private static DataSize inGrains(DataSize atLeast) {
        return atLeast.exceeds(GRAIN) ? atLeast.roundUpTo(GRAIN) : GRAIN;
    }
}
