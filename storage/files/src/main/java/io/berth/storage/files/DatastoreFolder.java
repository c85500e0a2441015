package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.HostAnswer;
import io.berth.storage.hosts.Latest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What lies in a datastore's folder. */
final class DatastoreFolder {
    private final FolderSettings settings;
    private final VolumeFiles files;
    private final DatastoreHosts hosts;

    DatastoreFolder(FolderSettings settings, VolumeFiles files, DatastoreHosts hosts) {
        this.settings = settings;
        this.files = files;
        this.hosts = hosts;
    }

    /** Every file that belongs to a volume, with its sizes. */
    List<FolderListing.Item> listing() {
        var lines = new Latest<FolderListing>();
        expectSuccess(
                hosts.read(() -> FileCommands.list(files.folder(), lines.set(new FolderListing(files)))), "listed");
        return lines.get().items();
    }

    /** The files whose names end so, by name; one that is damaged or larger than 64 KiB has no content or is left out. */
    Map<String, Optional<String>> gather(List<String> ends) {
        var lines = new Latest<GatheredFiles>();
        var answer = hosts.read(() -> FileCommands.gather(files.folder(), ends, lines.set(new GatheredFiles())));
        expectSuccess(answer, "read");
        if (!lines.get().isWhole()) {
            throw answer.storage(
                            "storage.failed", "datastore " + Printable.line(settings.datastore()) + " can't be read")
                    .why("the answer ends in the middle of a file")
                    .next("try again; if it happens always, update the host's helper with 'berth host add'")
                    .build();
        }
        return lines.get().contents();
    }

    /** A file's content; empty when there is no such file or it doesn't come through whole. */
    Optional<String> content(String file) {
        var answer = hosts.read(() -> FileCommands.read(file));
        if (answer.says("absent") || answer.result().truncated()) {
            return Optional.empty();
        }
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, Printable.line(file) + " can't be read", settings);
        }
        return Optional.of(answer.result().output());
    }

    /** Nothing there is fine. */
    void remove(Call call, String file) {
        var answer = hosts.change(FileCommands.remove(call, file));
        if (!answer.succeeded()) {
            throw FolderFailures.of(answer, Printable.line(file) + " can't be removed", settings);
        }
    }

    Optional<VolumeInfo> find(VolumeRef volume) {
        files.requireOwn(volume);
        var image = new VolumeFiles.Image(volume);
        return listing().stream()
                .filter(item -> item.file().equals(image))
                .map(FolderListing.Item::volumeInfo)
                .findFirst();
    }

    Failure absent(VolumeRef volume) {
        return Failure.of(FailureKind.STORAGE, "volume.absent", "there is no volume " + volume)
                .why(Printable.line(files.image(volume)) + " isn't there")
                .next("see what there is with 'berth checkpoint list'")
                .build();
    }

    private void expectSuccess(HostAnswer answer, String done) {
        if (!answer.succeeded()) {
            throw FolderFailures.of(
                    answer, "datastore " + Printable.line(settings.datastore()) + " can't be " + done, settings);
        }
    }
}
