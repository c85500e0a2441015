package io.berth.opennebula.memory;

import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.operation.Recovered;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.Engine;
import io.berth.engine.Watch;
import io.berth.opennebula.action.MemoryDeed;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has operations finished or undone that a process has left, or that rest because a host didn't answer. Never says that
 * a host is dead: that is for people. Thread-safe.
 */
final class Settling {
    private static final Set<String> SAVING = Set.of("suspend", "stop");

    /** Recovery goes through all that is open: whoever waits for somebody else's may find its own done by that. */
    private final ReentrantLock recovering = new ReentrantLock();

    sealed interface Outcome {
        /** Nothing stands between the guest and a deed. */
        record Settled() implements Outcome {}

        /**
         * What was to be done is a save, and its checkpoint is complete. From then on that is the guest, however long it
         * takes to tidy its host up.
         */
        record SavedForGood(Failure left) implements Outcome {}

        record Open(Failure why) implements Outcome {}
    }

    Outcome settle(Engine engine, MemoryDeed deed) {
        if (open(engine, deed.vm()).isEmpty()) {
            return new Outcome.Settled();
        }
        recovering.lock();
        try {
            if (open(engine, deed.vm()).isEmpty()) {
                return new Outcome.Settled();
            }
            var recovered = engine.upkeep().recover(Set.of(), Watch.none());
            return open(engine, deed.vm()).stream()
                    .findFirst()
                    .map(entry -> left(engine, deed, entry, obstacle(entry, recovered)))
                    .orElseGet(Outcome.Settled::new);
        } finally {
            recovering.unlock();
        }
    }

    private static Outcome left(Engine engine, MemoryDeed deed, OperationEntry entry, Failure why) {
        return deed instanceof MemoryDeed.Save
                        && SAVING.contains(entry.kind())
                        && Sight.of(engine, deed.vm()).hasCheckpointAndDoesNotRun()
                ? new Outcome.SavedForGood(why)
                : new Outcome.Open(why);
    }

    private static List<OperationEntry> open(Engine engine, String vm) {
        return engine.upkeep().unfinished().stream()
                .filter(entry -> isMeant(entry, vm) && stands(entry.state()))
                .toList();
    }

    private static boolean isMeant(OperationEntry entry, String vm) {
        return entry.vm().name().equals(vm) || entry.vm().uuid().toString().equals(vm.toLowerCase(Locale.ROOT));
    }

    /** One that has only to tidy up is in nobody's way. */
    private static boolean stands(OperationState state) {
        return switch (state) {
            case ACTIVE, PENDING -> true;
            case SUCCEEDED, SUCCEEDED_CLEANUP_PENDING, FAILED -> false;
        };
    }

    private static Failure obstacle(OperationEntry entry, List<Recovered> recovered) {
        return recovered.stream()
                .filter(it -> it.operation().id().equals(entry.id()))
                .flatMap(it -> it.obstacle().or(() -> it.result().flatMap(RunResult::failure)).stream())
                .findFirst()
                .orElseGet(() -> unfinished(entry));
    }

    private static Failure unfinished(OperationEntry entry) {
        return Failure.of(FailureKind.CONFLICT, "vm.needs-recovery", entry.vm() + " has an unfinished " + entry.kind())
                .why("operation " + entry.id() + " is " + entry.state())
                .next("see 'berth operation show " + entry.id() + "'")
                .build();
    }
}
