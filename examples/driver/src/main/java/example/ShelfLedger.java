package example;

import io.berth.driver.Call;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class ShelfLedger implements CheckpointLedger {
    private final Shelf shelf;
    private final InstantSource clock;

    ShelfLedger(Shelf shelf, InstantSource clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** Whoever comes first stands; whoever comes later is told who did. */
    @Override
    public Transition advance(Call call, VolumeRef volume, int generation, CheckpointState state) {
        synchronized (shelf) {
            var taken = shelf.transitions.computeIfAbsent(volume, name -> new ArrayList<>());
            var wanted = new Transition(generation, state, call.token().operation(), clock.instant());
            var stands = taken.stream()
                    .filter(transition -> transition.compareTo(wanted) == 0)
                    .findFirst();
            if (stands.isEmpty()) {
                taken.add(wanted);
                taken.sort(null);
            }
            return stands.orElse(wanted);
        }
    }

    @Override
    public void describe(Call call, CheckpointRecord record) {
        synchronized (shelf) {
            shelf.records.put(record.volume(), record);
        }
    }

    @Override
    public Optional<Entry> find(VolumeRef volume) {
        synchronized (shelf) {
            return Optional.ofNullable(shelf.transitions.get(volume)).map(taken -> entry(volume, taken));
        }
    }

    @Override
    public List<Entry> list() {
        synchronized (shelf) {
            return shelf.transitions.entrySet().stream()
                    .map(taken -> entry(taken.getKey(), taken.getValue()))
                    .toList();
        }
    }

    private Entry entry(VolumeRef volume, List<Transition> taken) {
        return new Entry(volume, taken, Optional.ofNullable(shelf.records.get(volume)));
    }
}
