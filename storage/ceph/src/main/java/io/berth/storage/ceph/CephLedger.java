package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.records.KeptRecord;
import io.berth.storage.records.TransitionText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ledger as entries of one object in the pool: one for each transition, added once for all, and one description. */
final class CephLedger implements CheckpointLedger {
    private final CephNames names;
    private final CephPool pool;
    private final Clock clock;

    CephLedger(CephNames names, CephPool pool, Clock clock) {
        this.names = names;
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public Transition advance(Call call, VolumeRef volume, int generation, CheckpointState state) {
        var wanted = new Transition(
                generation, state, call.token().operation(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var value = TransitionText.encode(wanted).getBytes(StandardCharsets.UTF_8);
        var stands = pool.take(call, names.marker(volume, generation, state), value);
        return TransitionText.decode(generation, state, stands);
    }

    @Override
    public void describe(Call call, CheckpointRecord record) {
        pool.put(call, names.description(record.volume()), KeptRecord.encode(record));
    }

    /**
     * @throws Failure {@code checkpoint.newer-format} when a later Berth wrote the record: whoever asks for this one
     *     checkpoint means to act on it
     */
    @Override
    public Optional<Entry> find(VolumeRef volume) {
        return entries(names.entries(volume), true).stream().findFirst();
    }

    @Override
    public List<Entry> list() {
        return entries("", false);
    }

    private List<Entry> entries(String prefix, boolean refuseNewer) {
        var transitions = new TreeMap<VolumeRef, List<Transition>>();
        var records = new TreeMap<VolumeRef, Optional<CheckpointRecord>>();
        pool.entries(prefix)
                .forEach((key, value) -> names.entry(key).ifPresent(entry -> {
                    switch (entry) {
                        case CephNames.Description(var volume) ->
                            records.put(volume, value.flatMap(text -> KeptRecord.decode(volume, text, refuseNewer)));
                        case CephNames.Marker(var volume, var generation, var state) ->
                            transitions
                                    .computeIfAbsent(volume, first -> new ArrayList<>())
                                    .add(TransitionText.decode(generation, state, value));
                    }
                }));
        return transitions.entrySet().stream()
                .map(entry -> entry(entry, records.getOrDefault(entry.getKey(), Optional.empty())))
                .toList();
    }

    private static Entry entry(Map.Entry<VolumeRef, List<Transition>> found, Optional<CheckpointRecord> record) {
        var transitions = found.getValue().stream().sorted().toList();
        return new Entry(found.getKey(), transitions, record);
    }
}
