package io.berth.engine.embedded;

import io.berth.driver.Cancellation;
import io.berth.driver.OperationId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The operations of this process. Thread-safe. */
final class RunningOperations {
    private final Map<OperationId, Cancellation> running = new ConcurrentHashMap<>();

    void begins(OperationId operation, Cancellation cancellation) {
        running.put(operation, cancellation);
    }

    void ends(OperationId operation) {
        running.remove(operation);
    }

    Optional<Cancellation> find(OperationId operation) {
        return Optional.ofNullable(running.get(operation));
    }
}
