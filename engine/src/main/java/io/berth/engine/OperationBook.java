package io.berth.engine;

import io.berth.core.journal.OperationEntry;
import io.berth.driver.OperationId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was and is being done. Thread-safe. */
public interface OperationBook {
    /** Newest first, at most {@code limit}; of one VM if given. */
    List<OperationEntry> list(Optional<UUID> vm, int limit);

    /** @throws io.berth.driver.Failure {@code operation.unknown} (CALLER) */
    OperationDetail find(OperationId id);

    /**
     * Asks the operation to stop, whichever process runs it, and waits up to 10 s for its end.
     *
     * @return the operation as it is then: FAILED when it was stopped and undone
     * @throws io.berth.driver.Failure {@code operation.unknown}, {@code operation.not-running} (CALLER), {@code
     *     operation.too-late} (CONFLICT: it is past the point of no return and will be finished), {@code
     *     operation.ownerless} (CONFLICT: its process is gone), {@code operation.elsewhere} (ENVIRONMENT)
     */
    OperationEntry cancel(OperationId id);
}
