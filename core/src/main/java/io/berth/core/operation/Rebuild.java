package io.berth.core.operation;

import io.berth.core.plan.PlanCodec;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts operations back into a journal that was lost, from what the storage says: an unfinished suspend is written down
 * again as an open operation, and {@link Recovery} does the rest.
 */
final class Rebuild {
    private final Wiring wiring;

    Rebuild(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Answers what was put back. */
    List<String> run() {
        Set<String> known =
                wiring.journal().open().stream().map(entry -> entry.id().id()).collect(Collectors.toSet());
        var restored = new ArrayList<String>();
        for (var entry : new CheckpointFinder(wiring.drivers(), wiring.fanout()).all()) {
            entry.record()
                    .filter(record -> !known.contains(record.operation().id()))
                    .filter(record ->
                            wiring.journal().operation(record.operation()).isEmpty())
                    .filter(record -> isUnfinishedSuspend(entry, record))
                    .ifPresent(record -> {
                        putBack(entry, record);
                        restored.add(record.purpose().word() + " " + record.operation() + " of " + record.vm() + ", "
                                + entry.state());
                    });
        }
        return List.copyOf(restored);
    }

    private static boolean isUnfinishedSuspend(Entry entry, CheckpointRecord record) {
        if (record.purpose() == CheckpointPurpose.REHEARSE) {
            return false; // the collector takes what is left of one
        }
        return switch (entry.state()) {
            case ALLOCATED, WRITING -> true;
            case COMPLETE -> !record.sourceReleased();
            // Withdrawn by the suspend itself, on its way back.
            case CONSUMED ->
                entry.takenBy(1, CheckpointState.CONSUMED)
                        .filter(record.operation()::equals)
                        .isPresent();
        };
    }

    private void putBack(Entry entry, CheckpointRecord record) {
        var rebuilt = RebuiltPlan.of(entry, record, wiring.settings().linkFolder());
        var plan = rebuilt.plan();
        var highest = wiring.drivers()
                .guard()
                .read(record.source(), record.vm().uuid())
                .epoch();
        var lease = wiring.journal()
                .acquire(record.vm(), wiring.owner(), record.operation(), Math.max(highest, record.epoch()) + 1);
        wiring.journal().begin(lease, plan.kind(), PlanCodec.write(plan));
        wiring.journal().record(lease, rebuilt.events());
        wiring.journal().release(lease);
    }
}
