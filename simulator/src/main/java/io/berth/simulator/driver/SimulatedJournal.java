package io.berth.simulator.driver;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.Owner;
import io.berth.core.journal.StepEvent;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.boundary.Site;
import io.berth.simulator.driver.JournalStore.LeaseRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** One engine's way to the journal. */
public final class SimulatedJournal implements Journal {
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

    private final JournalStore store;
    private final Boundary boundary;
    private final EngineProcess engine;
    private final boolean checksEpochs;

    /** @param checksEpochs false only to see what happens then */
    public SimulatedJournal(JournalStore store, Boundary boundary, EngineProcess engine, boolean checksEpochs) {
        this.store = store;
        this.boundary = boundary;
        this.engine = engine;
        this.checksEpochs = checksEpochs;
    }

    private <T> T write(String what, Supplier<T> effect) {
        return boundary.cross(engine, new Site(Site.Kind.JOURNAL, what, Optional.empty()), effect);
    }

    private Instant now() {
        return boundary.world().clock().instant();
    }

    @Override
    public Lease acquire(VmRef vm, Owner owner, OperationId operation, long atLeast) {
        return write("acquire", () -> {
            var found = Optional.ofNullable(store.leases.get(vm.uuid()));
            found.filter(row -> row.held() && lives(row)).ifPresent(row -> {
                throw Failure.of(FailureKind.CONFLICT, "vm.busy", vm + " is being worked on")
                        .why(row.lease().owner().name() + " holds it")
                        .next("wait for it")
                        .build();
            });
            var previous = found.map(row -> row.lease().epoch()).orElse(0L);
            var lease = new Lease(vm, Math.max(previous + 1, atLeast), owner, operation);
            store.leases.put(vm.uuid(), new LeaseRow(lease, true, now()));
            return lease;
        });
    }

    private boolean lives(LeaseRow row) {
        return store.isRunning(row.lease().owner().name())
                && Duration.between(row.heartbeat(), now()).compareTo(TIME_TO_LIVE) <= 0;
    }

    @Override
    public void renew(Lease lease) {
        write("renew", () -> {
            check(lease);
            return store.leases.put(lease.vm().uuid(), new LeaseRow(lease, true, now()));
        });
    }

    @Override
    public void release(Lease lease) {
        write("release", () -> {
            giveBack(lease);
            return true;
        });
    }

    private void giveBack(Lease lease) {
        store.leases.computeIfPresent(
                lease.vm().uuid(),
                (_, row) -> row.lease().epoch() == lease.epoch() ? new LeaseRow(lease, false, row.heartbeat()) : row);
    }

    private void check(Lease lease) {
        var held = Optional.ofNullable(store.leases.get(lease.vm().uuid()))
                .filter(LeaseRow::held)
                .map(LeaseRow::lease)
                .filter(lease::equals);
        if (checksEpochs && held.isEmpty()) {
            throw Failure.of(FailureKind.CONFLICT, "journal.lease-lost", "the lease was lost")
                    .next("nothing is to be done here")
                    .build();
        }
    }

    @Override
    public void begin(Lease lease, String kind, String plan) {
        write("begin " + kind, () -> {
            check(lease);
            return store.operations.put(
                    lease.operation(),
                    new OperationEntry(
                            lease.operation(), lease.vm(), kind, plan, OperationState.ACTIVE, "", now(), now()));
        });
    }

    @Override
    public void record(Lease lease, List<StepEvent> events) {
        write("record " + text(events), () -> {
            check(lease);
            return append(lease, events);
        });
    }

    private boolean append(Lease lease, List<StepEvent> events) {
        return store.events
                .computeIfAbsent(lease.operation(), _ -> new ArrayList<>())
                .addAll(events);
    }

    private static String text(List<StepEvent> events) {
        var text = new StringBuilder();
        events.forEach(event -> text.append(event.step())
                .append(' ')
                .append(event.direction() == StepEvent.Direction.UNDO ? "undo " : "")
                .append(event.phase())
                .append("; "));
        return text.toString().strip();
    }

    @Override
    public void finish(Lease lease, List<StepEvent> events, OperationState state, String message) {
        write("finish " + state, () -> {
            check(lease);
            append(lease, events);
            store.operations.computeIfPresent(
                    lease.operation(),
                    (_, entry) -> new OperationEntry(
                            entry.id(), entry.vm(), entry.kind(), entry.plan(), state, message, entry.begun(), now()));
            giveBack(lease);
            return true;
        });
    }

    @Override
    public Optional<OperationEntry> operation(OperationId id) {
        return Optional.ofNullable(store.operations.get(id));
    }

    @Override
    public List<OperationEntry> open() {
        return store.open();
    }

    @Override
    public List<OperationEntry> open(UUID vm) {
        return store.open().stream()
                .filter(entry -> entry.vm().uuid().equals(vm))
                .toList();
    }

    @Override
    public List<OperationEntry> history(Optional<UUID> vm, int limit) {
        return store.operations().reversed().stream()
                .filter(entry -> vm.isEmpty() || entry.vm().uuid().equals(vm.get()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<StepEvent> events(OperationId id) {
        return store.events(id);
    }

    @Override
    public Optional<Lease> lease(UUID vm) {
        return Optional.ofNullable(store.leases.get(vm)).filter(LeaseRow::held).map(LeaseRow::lease);
    }

    @Override
    public List<HostEntry> hosts() {
        return store.hosts.values().stream()
                .sorted(Comparator.comparing(HostEntry::host))
                .toList();
    }

    @Override
    public void putHost(HostEntry host) {
        store.hosts.put(host.host(), host);
    }

    @Override
    public void removeHost(HostRef host) {
        store.hosts.remove(host);
    }

    @Override
    public Condition examine() {
        return new Condition(DataSize.ZERO, DataSize.ZERO);
    }

    @Override
    public void close() {}
}
