package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.HostAnswer;
import io.berth.storage.hosts.Latest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A datastore's pool: its images, its ledger's entries, its room. Knows what answers mean. */
final class CephPool {
    private final CephSettings settings;
    private final CephNames names;
    private final CephCommands commands;
    private final CephFailures failures;
    private final DatastoreHosts hosts;

    CephPool(
            CephSettings settings,
            CephNames names,
            CephCommands commands,
            CephFailures failures,
            DatastoreHosts hosts) {
        this.settings = settings;
        this.names = names;
        this.commands = commands;
        this.failures = failures;
        this.hosts = hosts;
    }

    /** The size of every volume. */
    Map<VolumeRef, DataSize> sizes() {
        return sizes(CephNames.IMAGE_PREFIX);
    }

    /** The volume's size; empty when it isn't there. */
    Optional<DataSize> size(VolumeRef volume) {
        return Optional.ofNullable(sizes(names.image(volume)).get(volume));
    }

    private Map<VolumeRef, DataSize> sizes(String prefix) {
        var lines = new Latest<ImageLines>();
        var what = "the volumes of datastore " + settings.datastore() + " can't be listed";
        var answer = hosts.read(() -> commands.images(prefix, lines.set(new ImageLines())));
        requireWhole(answer, lines.get().isWhole(), what);
        var sizes = new TreeMap<VolumeRef, DataSize>();
        lines.get().sizes().forEach((image, size) -> names.volume(image).ifPresent(volume -> sizes.put(volume, size)));
        return sizes;
    }

    /** What the volume takes of the storage; empty when it isn't there. */
    Optional<DataSize> used(VolumeRef volume) {
        var answer = hosts.read(() -> commands.use(names.image(volume)));
        if (answer.result().exitCode() == CephFailures.NO_ENTRY && size(volume).isEmpty()) {
            return Optional.empty();
        }
        var what = "what volume " + volume + " takes is unknown";
        requireSuccess(answer, what);
        return Optional.of(
                CephJson.used(answer.result().output()).orElseThrow(() -> CephFailures.unreadable(answer, what)));
    }

    /** Whether it was made; false when there is one of its name already. */
    boolean create(Call call, VolumeRef volume, DataSize size) {
        var answer = hosts.change(commands.create(call, names.image(volume), size));
        if (answer.result().exitCode() == CephFailures.EXISTS) {
            return false;
        }
        requireSuccess(answer, "volume " + volume + " can't be made");
        return true;
    }

    void resize(Call call, VolumeRef volume, DataSize size) {
        requireSuccess(
                hosts.change(commands.resize(call, names.image(volume), size)),
                "volume " + volume + " can't be enlarged");
    }

    /** Whether nothing stood in the way; false while a client has the image open. It may have been gone before. */
    boolean remove(Call call, VolumeRef volume) {
        var image = names.image(volume);
        var what = "volume " + volume + " can't be deleted";
        var answer = hosts.change(commands.remove(call, image));
        if (answer.result().exitCode() == CephFailures.HAS_SNAPSHOTS) {
            requireSuccess(hosts.change(commands.removeSnapshots(call, image)), what);
            answer = hosts.change(commands.remove(call, image));
        }
        if (answer.result().exitCode() == CephFailures.BUSY) {
            return false;
        }
        // rbd says "no such file" of many things that it didn't find: only that the image isn't there counts.
        if (!answer.succeeded()
                && (answer.result().exitCode() != CephFailures.NO_ENTRY
                        || size(volume).isPresent())) {
            throw failures.of(answer, what);
        }
        return true;
    }

    /** The addresses of the clients that have the volume open. */
    List<String> watchers(VolumeRef volume) {
        var answer = hosts.read(() -> commands.status(names.image(volume)));
        if (answer.result().exitCode() == CephFailures.NO_ENTRY && size(volume).isEmpty()) {
            return List.of();
        }
        var what = "it is unknown who has volume " + volume + " open";
        requireSuccess(answer, what);
        return CephJson.watchers(answer.result().output()).orElseThrow(() -> CephFailures.unreadable(answer, what));
    }

    /** From when this returns the cluster's disks learn of it; a disk that has takes the client off the image's watchers. */
    void refuse(Call call, VolumeRef volume, String client, Duration atLeast) {
        requireSuccess(
                hosts.change(commands.refuse(call, client, atLeast)),
                "the client " + client + " of volume " + volume + " can't be refused");
    }

    Capacity room() {
        var pool = settings.dataPool().orElse(settings.pool());
        var what = "the room on datastore " + settings.datastore() + " is unknown";
        var answer = hosts.read(commands::room);
        requireSuccess(answer, what);
        return CephJson.room(answer.result().output(), pool).orElseThrow(() -> CephFailures.unreadable(answer, what));
    }

    /** Adds the entry unless there is one of that key, and answers the value that stands. */
    Optional<String> take(Call call, String key, byte[] value) {
        var what = "the ledger's entry " + key + " can't be made";
        var lines = new EntryLines();
        var answer = hosts.change(commands.take(call, key, value));
        requireSuccess(answer, what);
        answer.result().output().lines().forEach(lines);
        if (!lines.isWhole() || !lines.entries().containsKey(key)) {
            throw CephFailures.unreadable(answer, what);
        }
        return lines.entries().getOrDefault(key, Optional.empty());
    }

    void put(Call call, String key, byte[] value) {
        requireSuccess(hosts.change(commands.put(call, key, value)), "the ledger's entry " + key + " can't be written");
    }

    /** Removes all of the volume's entries at once. */
    void drop(Call call, VolumeRef volume) {
        requireSuccess(
                hosts.change(commands.drop(call, names.entries(volume))),
                "the ledger of volume " + volume + " can't be removed");
    }

    /** The ledger's entries with that beginning, by their keys; a value that doesn't come through is empty. */
    Map<String, Optional<String>> entries(String prefix) {
        var lines = new Latest<EntryLines>();
        var what = "the ledger of datastore " + settings.datastore() + " can't be read";
        var answer = hosts.read(() -> commands.entries(prefix, lines.set(new EntryLines())));
        requireWhole(answer, lines.get().isWhole(), what);
        return lines.get().entries();
    }

    private void requireSuccess(HostAnswer answer, String what) {
        if (!answer.succeeded()) {
            throw failures.of(answer, what);
        }
    }

    private void requireWhole(HostAnswer answer, boolean whole, String what) {
        requireSuccess(answer, what);
        if (!whole) {
            throw CephFailures.unreadable(answer, what);
        }
    }
}
