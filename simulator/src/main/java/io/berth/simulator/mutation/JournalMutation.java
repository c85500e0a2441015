package io.berth.simulator.mutation;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.PassingJournal;
import io.berth.core.journal.StepEvent;
import io.berth.core.operation.Wiring;
import io.berth.driver.OperationId;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A journal that keeps less than it is given. */
record JournalMutation(Function<Journal, Journal> change) implements Variation {
    /** What it wrote last is gone when the process dies. */
    static JournalMutation forgetful() {
        return new JournalMutation(sound -> new PassingJournal(sound) {
            private final List<StepEvent> unwritten = new ArrayList<>();

            @Override
            public void record(Lease lease, List<StepEvent> events) {
                if (!unwritten.isEmpty()) {
                    super.record(lease, List.copyOf(unwritten));
                }
                unwritten.clear();
                unwritten.addAll(events);
            }

            @Override
            public void finish(Lease lease, List<StepEvent> events, OperationState state, String message) {
                var all = new ArrayList<>(unwritten);
                unwritten.clear();
                all.addAll(events);
                super.finish(lease, all, state, message);
            }
        });
    }

    /** What is about to happen isn't written. */
    static JournalMutation withoutIntents() {
        return new JournalMutation(sound -> new PassingJournal(sound) {
            @Override
            public void record(Lease lease, List<StepEvent> events) {
                super.record(
                        lease,
                        events.stream()
                                .filter(event -> event.phase() != StepEvent.Phase.INTENT)
                                .toList());
            }
        });
    }

    /** What was done on the way back can't be read again. */
    static JournalMutation withoutRetreats() {
        return new JournalMutation(sound -> new PassingJournal(sound) {
            @Override
            public List<StepEvent> events(OperationId id) {
                return super.events(id).stream()
                        .filter(event -> !event.step().startsWith("back-"))
                        .toList();
            }
        });
    }

    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.journal(wiring, change.apply(wiring.journal()));
    }
}
