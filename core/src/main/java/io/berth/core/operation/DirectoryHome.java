package io.berth.core.operation;

import io.berth.core.journal.Journal;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointRecord;
import java.util.Optional;

/** Where the directories of a VM in a checkpoint are: where it was saved, or where they were moved since. */
final class DirectoryHome {
    private static final int OPERATIONS = 100;

    private final Journal journal;

    DirectoryHome(Journal journal) {
        this.journal = journal;
    }

    HostRef of(CheckpointRecord record) {
        return journal.history(Optional.of(record.vm().uuid()), OPERATIONS).stream()
                .takeWhile(entry -> !entry.id().equals(record.operation()))
                .filter(DirectoryHome::isMove)
                .flatMap(entry -> target(entry).stream())
                .findFirst()
                .orElse(record.source());
    }

    private static boolean isMove(OperationEntry entry) {
        return entry.kind().equals(MoveDirectoryPlanner.KIND)
                && (entry.state() == OperationState.SUCCEEDED
                        || entry.state() == OperationState.SUCCEEDED_CLEANUP_PENDING);
    }

    /** Empty of one that found it moved already. */
    private static Optional<HostRef> target(OperationEntry entry) {
        return PlanCodec.read(entry.plan())
                .all()
                .filter(Step.BringDirectory.class::isInstance)
                .map(step -> ((Step.BringDirectory) step).to())
                .findFirst();
    }
}
