package io.berth.simulator.driver;

import io.berth.core.journal.Journal.HostEntry;
import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.simulator.boundary.EngineProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the journals of all engines of a world write to. It outlives every one of them. */
public final class JournalStore {
    final Map<UUID, LeaseRow> leases = new LinkedHashMap<>();
    final Map<OperationId, OperationEntry> operations = new LinkedHashMap<>();
    final Map<OperationId, List<StepEvent>> events = new LinkedHashMap<>();
    final Map<HostRef, HostEntry> hosts = new LinkedHashMap<>();
    private final List<EngineProcess> engines = new ArrayList<>();

    /** @param heartbeat when its owner was last heard of */
    record LeaseRow(Lease lease, boolean held, Instant heartbeat) {}

    /** Makes a process known, so that it can be seen when it is dead. */
    public void started(EngineProcess engine) {
        engines.add(engine);
    }

    /** All that was ever written is gone. */
    public void lose() {
        leases.clear();
        operations.clear();
        events.clear();
        hosts.clear();
    }

    boolean isRunning(String owner) {
        return engines.stream().anyMatch(e -> e.isAlive() && e.owner().name().equals(owner));
    }

    /** Every operation ever begun, oldest first. */
    public List<OperationEntry> operations() {
        return List.copyOf(operations.values());
    }

    public List<OperationEntry> open() {
        return operations.values().stream()
                .filter(entry -> entry.state().isOpen())
                .toList();
    }

    public Optional<OperationState> state(OperationId id) {
        return Optional.ofNullable(operations.get(id)).map(OperationEntry::state);
    }

    public List<StepEvent> events(OperationId id) {
        return List.copyOf(events.getOrDefault(id, List.of()));
    }
}
