package io.berth.driver.storage;

import io.berth.driver.Call;
import io.berth.driver.OperationId;
import java.util.List;
import java.util.Optional;

/**
 * The life of each checkpoint, written on the storage itself, where every front-end sees the same. A transition is an
 * atomic create that can succeed once ({@code rbd snap create}, {@code link(2)}, a LINSTOR definition): of two engines
 * that want to consume a checkpoint one wins.
 */
public interface CheckpointLedger {
    /**
     * Takes the transition on behalf of the call's operation, durably. Answers the transition that stands, which is
     * another operation's when that one came first: the caller compares {@link Transition#by()}.
     *
     * @throws io.berth.driver.Failure only if it isn't known to stand
     */
    Transition advance(Call call, VolumeRef volume, int generation, CheckpointState state);

    /**
     * Writes or replaces the description, atomically and durably. Descriptions only describe: one that comes before the
     * first transition makes no checkpoint, and is there with it.
     */
    void describe(Call call, CheckpointRecord record);

    /** What the storage says of the checkpoint; empty when nothing does. */
    Optional<Entry> find(VolumeRef volume);

    /** Every checkpoint on the datastore. Entries that can't be read are in the list with an empty record. */
    List<Entry> list();

    /**
     * @param transitions all that stand, oldest first; never empty
     * @param record empty when it was never written or can't be read
     */
    record Entry(VolumeRef volume, List<Transition> transitions, Optional<CheckpointRecord> record) {
        public Entry {
            transitions = List.copyOf(transitions);
        }

        /** The furthest transition. */
        public Transition last() {
            return transitions.stream().reduce((a, b) -> b.isAfter(a) ? b : a).orElseThrow();
        }

        public CheckpointState state() {
            return last().state();
        }

        public int generation() {
            return last().generation();
        }

        public Optional<OperationId> takenBy(int generation, CheckpointState state) {
            return transitions.stream()
                    .filter(t -> t.generation() == generation && t.state() == state)
                    .map(Transition::by)
                    .findFirst();
        }
    }
}
