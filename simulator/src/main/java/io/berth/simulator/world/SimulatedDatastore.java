package io.berth.simulator.world;

import io.berth.driver.DataSize;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Storage that every host reaches. Its ledger is durable at once; its volumes are so when they are flushed. */
public final class SimulatedDatastore {
    private final String name;
    private final StorageCapabilities capabilities;
    private final Optional<SimulatedFolders> folders;
    private final Map<VolumeRef, SimulatedVolume> volumes = new LinkedHashMap<>();
    private final Map<VolumeRef, CheckpointLedger.Entry> entries = new LinkedHashMap<>();
    /** Of volumes that have no transition yet. */
    private final Map<VolumeRef, CheckpointRecord> early = new HashMap<>();

    private final Deque<Extent> free = new ArrayDeque<>();
    private int extents;

    SimulatedDatastore(String name, StorageCapabilities capabilities, Optional<SimulatedFolders> folders) {
        this.name = name;
        this.capabilities = capabilities;
        this.folders = folders;
    }

    /** Of one that has VM directories. */
    public Optional<SimulatedFolders> folders() {
        return folders;
    }

    public String name() {
        return name;
    }

    public StorageCapabilities capabilities() {
        return capabilities;
    }

    /** What was freed last is given out first; thick storage gives it with all that is still on it. */
    public SimulatedVolume create(VolumeRef ref, DataSize size) {
        var extent = free.isEmpty() ? new Extent(extents++) : free.pop();
        if (capabilities.thin()) {
            extent.leave(Content.NOTHING);
        }
        var volume = new SimulatedVolume(ref, extent, size);
        volumes.put(ref, volume);
        return volume;
    }

    public Optional<SimulatedVolume> volume(VolumeRef ref) {
        return Optional.ofNullable(volumes.get(ref));
    }

    public Collection<SimulatedVolume> volumes() {
        return volumes.values();
    }

    public void delete(VolumeRef ref) {
        var gone = volumes.remove(ref);
        if (gone != null) {
            free.push(gone.extent());
        }
        entries.remove(ref);
        early.remove(ref);
    }

    /** A stretch that another tenant has left, readable still. */
    public Extent recycled(Content content) {
        var extent = new Extent(extents++);
        extent.leave(content);
        free.push(extent);
        return extent;
    }

    /** Atomic: the one that comes first stands. */
    public Transition advance(VolumeRef ref, Transition wanted) {
        var entry = entries.get(ref);
        var list = new ArrayList<Transition>();
        if (entry != null) {
            list.addAll(entry.transitions());
        }
        for (var standing : list) {
            if (standing.generation() == wanted.generation() && standing.state() == wanted.state()) {
                return standing;
            }
        }
        list.add(wanted);
        var record = entry == null ? Optional.ofNullable(early.remove(ref)) : entry.record();
        entries.put(ref, new CheckpointLedger.Entry(ref, list, record));
        return wanted;
    }

    /** Describes a checkpoint, which the ledger may only come to know later. */
    public void describe(CheckpointRecord record) {
        if (!entries.containsKey(record.volume())) {
            early.put(record.volume(), record);
        }
        entries.computeIfPresent(
                record.volume(),
                (ref, entry) -> new CheckpointLedger.Entry(ref, entry.transitions(), Optional.of(record)));
    }

    /** The description can't be read any more; the ledger can. */
    public void damageRecord(VolumeRef ref) {
        entries.computeIfPresent(
                ref, (there, entry) -> new CheckpointLedger.Entry(there, entry.transitions(), Optional.empty()));
    }

    public Optional<CheckpointLedger.Entry> entry(VolumeRef ref) {
        return Optional.ofNullable(entries.get(ref));
    }

    public Collection<CheckpointLedger.Entry> entries() {
        return entries.values();
    }

    void loseWritesOf(SimulatedHost host) {
        volumes.values().forEach(volume -> volume.extent().loseWritesOf(host.ref()));
    }

    void keepWritesOf(SimulatedHost host) {
        volumes.values().forEach(volume -> volume.extent().keepWritesOf(host.ref()));
    }

    /** The storage itself loses power: nothing stays that wasn't flushed. */
    public void loseWrites() {
        volumes.values().forEach(volume -> volume.extent().loseWrites());
    }

    /** The same, and the next flush says that all is well. */
    public void loseWritesSilently() {
        volumes.values().forEach(volume -> volume.extent().loseWritesSilently());
    }
}
