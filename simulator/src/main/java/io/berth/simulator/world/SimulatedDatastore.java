package io.berth.simulator.world;

import io.berth.driver.DataSize;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Storage that every host reaches. Its ledger is durable at once; its volumes are so when they are flushed. */
public final class SimulatedDatastore {
    private final String name;
    private final StorageCapabilities capabilities;
    private final Map<VolumeRef, SimulatedVolume> volumes = new LinkedHashMap<>();
    private final Map<VolumeRef, List<Transition>> transitions = new LinkedHashMap<>();
    private final Map<VolumeRef, CheckpointRecord> records = new LinkedHashMap<>();
    private final Deque<Extent> free = new ArrayDeque<>();
    private int extents;

    SimulatedDatastore(String name, StorageCapabilities capabilities) {
        this.name = name;
        this.capabilities = capabilities;
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

    public List<SimulatedVolume> volumes() {
        return List.copyOf(volumes.values());
    }

    public void delete(VolumeRef ref) {
        var gone = volumes.remove(ref);
        if (gone != null) {
            free.push(gone.extent());
        }
        records.remove(ref);
        transitions.remove(ref);
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
        var list = transitions.computeIfAbsent(ref, _ -> new ArrayList<>());
        var standing = list.stream()
                .filter(t -> t.generation() == wanted.generation() && t.state() == wanted.state())
                .findFirst();
        if (standing.isEmpty()) {
            list.add(wanted);
        }
        return standing.orElse(wanted);
    }

    public void describe(CheckpointRecord record) {
        records.put(record.volume(), record);
    }

    public Optional<CheckpointLedger.Entry> entry(VolumeRef ref) {
        return Optional.ofNullable(transitions.get(ref))
                .map(list -> new CheckpointLedger.Entry(ref, list, Optional.ofNullable(records.get(ref))));
    }

    public List<CheckpointLedger.Entry> entries() {
        return transitions.keySet().stream()
                .map(ref -> entry(ref).orElseThrow())
                .toList();
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
}
