package io.berth.bench.stage;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.Owner;
import io.berth.core.journal.StepEvent;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Adds up the time that callers spend in the journal. Thread-safe. */
final class JournalTime implements Journal {
    private final Journal inner;
    private final LongAdder nanoseconds = new LongAdder();
    private final AtomicInteger calls = new AtomicInteger();

    JournalTime(Journal inner) {
        this.inner = inner;
    }

    /** Seconds and calls since this was last asked. */
    Spent take() {
        return new Spent(nanoseconds.sumThenReset() / 1e9, calls.getAndSet(0));
    }

    record Spent(double seconds, int calls) {}

    private <T> T timed(Supplier<T> call) {
        var began = System.nanoTime();
        try {
            return call.get();
        } finally {
            nanoseconds.add(System.nanoTime() - began);
            calls.incrementAndGet();
        }
    }

    private void timed(Runnable call) {
        timed(() -> {
            call.run();
            return true;
        });
    }

    @Override
    public Lease acquire(VmRef vm, Owner owner, OperationId operation, long atLeast) {
        return timed(() -> inner.acquire(vm, owner, operation, atLeast));
    }

    @Override
    public void renew(Lease lease) {
        timed(() -> inner.renew(lease));
    }

    @Override
    public void release(Lease lease) {
        timed(() -> inner.release(lease));
    }

    @Override
    public void begin(Lease lease, String kind, String plan) {
        timed(() -> inner.begin(lease, kind, plan));
    }

    @Override
    public void record(Lease lease, List<StepEvent> events) {
        timed(() -> inner.record(lease, events));
    }

    @Override
    public void finish(Lease lease, List<StepEvent> events, OperationState state, String message) {
        timed(() -> inner.finish(lease, events, state, message));
    }

    @Override
    public Optional<OperationEntry> operation(OperationId id) {
        return timed(() -> inner.operation(id));
    }

    @Override
    public List<OperationEntry> open() {
        return timed(() -> inner.open());
    }

    @Override
    public List<OperationEntry> open(UUID vm) {
        return timed(() -> inner.open(vm));
    }

    @Override
    public List<OperationEntry> history(Optional<UUID> vm, int limit) {
        return timed(() -> inner.history(vm, limit));
    }

    @Override
    public List<StepEvent> events(OperationId id) {
        return timed(() -> inner.events(id));
    }

    @Override
    public Optional<Lease> lease(UUID vm) {
        return timed(() -> inner.lease(vm));
    }

    @Override
    public List<HostEntry> hosts() {
        return timed(inner::hosts);
    }

    @Override
    public void putHost(HostEntry host) {
        timed(() -> inner.putHost(host));
    }

    @Override
    public void removeHost(HostRef host) {
        timed(() -> inner.removeHost(host));
    }

    @Override
    public Condition examine() {
        return inner.examine();
    }

    @Override
    public void close() {
        inner.close();
    }
}
