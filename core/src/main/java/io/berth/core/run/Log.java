package io.berth.core.run;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.driver.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one operation's events. What has happened waits for what is about to happen, so that a step costs one durable
 * write: its intent and its predecessor's outcome together.
 */
final class Log {
    private final Journal journal;
    private final Lease lease;
    private final List<StepEvent> waiting = new ArrayList<>();
    private boolean broken;

    Log(Journal journal, Lease lease) {
        this.journal = journal;
        this.lease = lease;
    }

    /** Durable with the next intent, or never if the process dies before. */
    void happened(StepEvent event) {
        waiting.add(event);
    }

    /** Durable before it returns. */
    void intends(StepEvent event) {
        waiting.add(event);
        try {
            journal.record(lease, List.copyOf(waiting));
            waiting.clear();
        } catch (Failure failure) {
            throwIfTakenOver(failure);
            waiting.removeLast();
            throw failure;
        }
    }

    /**
     * As {@link #intends}, but goes on without the journal when it can't be written: undoing is idempotent, and recovery
     * would undo again.
     */
    void intendsIfPossible(StepEvent event) {
        if (broken) {
            return;
        }
        try {
            intends(event);
        } catch (Failure _) {
            broken = true;
        }
    }

    void finish(OperationState state, String message) {
        try {
            journal.finish(lease, List.copyOf(waiting), state, message);
        } catch (Failure failure) {
            throwIfTakenOver(failure);
            throw failure;
        }
    }

    private static void throwIfTakenOver(Failure failure) {
        if (StepTry.isTakenOver(failure)) {
            throw new TakenOver(failure);
        }
    }
}
