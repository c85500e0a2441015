package io.berth.core.operation;

import io.berth.core.journal.Journal;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.VmDirectory;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the directories of a VM are, by what operations have done with them. Thread-safe. */
final class DirectoryHome {
    private static final int OPERATIONS = 100;

    private final Journal journal;

    DirectoryHome(Journal journal) {
        this.journal = journal;
    }

    /** Of a VM in a checkpoint: where it was saved, or where they were moved since. */
    HostRef of(CheckpointRecord record) {
        return journal.history(Optional.of(record.vm().uuid()), OPERATIONS).stream()
                .takeWhile(entry -> !entry.id().equals(record.operation()))
                .filter(DirectoryHome::isMove)
                .flatMap(entry -> target(entry).stream())
                .findFirst()
                .orElse(record.source());
    }

    /** Where operations after that one have brought the directory at last; empty when none has. */
    Optional<HostRef> broughtSince(OperationEntry entry, VmDirectory directory) {
        return journal.history(Optional.of(entry.vm().uuid()), OPERATIONS).stream()
                .takeWhile(later -> !later.id().equals(entry.id()))
                .filter(DirectoryHome::isDone)
                .flatMap(DirectoryHome::brought)
                .filter(bring -> bring.directory().equals(directory))
                .map(Step.BringDirectory::to)
                .findFirst();
    }

    private static boolean isMove(OperationEntry entry) {
        return entry.kind().equals(MoveDirectoryPlanner.KIND) && isDone(entry);
    }

    private static boolean isDone(OperationEntry entry) {
        return entry.state() == OperationState.SUCCEEDED || entry.state() == OperationState.SUCCEEDED_CLEANUP_PENDING;
    }

    /** Empty of one that found it moved already. */
    private static Optional<HostRef> target(OperationEntry entry) {
        return brought(entry).map(Step.BringDirectory::to).findFirst();
    }

    private static Stream<Step.BringDirectory> brought(OperationEntry entry) {
        return PlanCodec.read(entry.plan())
                .all()
                .filter(Step.BringDirectory.class::isInstance)
                .map(Step.BringDirectory.class::cast);
    }
}
