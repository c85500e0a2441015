package io.berth.engine.testkit;

import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.StepEvent;
import io.berth.driver.OperationId;
import io.berth.engine.OperationBook;
import io.berth.engine.OperationDetail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fake history. */
public final class FakeOperationBook implements OperationBook {
    public final List<OperationEntry> entries = new CopyOnWriteArrayList<>();

    @Override
    public List<OperationEntry> list(Optional<UUID> vm, int limit) {
        return entries.stream().limit(limit).toList();
    }

    @Override
    public OperationDetail find(OperationId id) {
        return new OperationDetail(
                cancel(id),
                Optional.of("h1-42-abc"),
                List.of("  1 pause"),
                List.of(StepEvent.done("save", StepEvent.Direction.FORWARD, Map.of("length", "4096"))));
    }

    @Override
    public OperationEntry cancel(OperationId id) {
        return entries.stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> FakeEngine.unknown("operation.unknown", id.id()));
    }
}
