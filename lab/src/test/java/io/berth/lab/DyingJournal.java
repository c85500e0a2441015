package io.berth.lab;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.Owner;
import io.berth.core.journal.PassingJournal;
import io.berth.core.journal.StepEvent;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A journal that ends its process at one of the writes an operation makes. Heartbeats and hosts aren't counted. */
final class DyingJournal extends PassingJournal {
    private final AtomicInteger writes = new AtomicInteger();
    private final int last;
    private final boolean afterIt;
    private final Runnable death;

    /**
     * @param last the write to die at, counted from 1
     * @param afterIt only when it is durable
     * @param death ends the process, or stops it for a while
     */
    DyingJournal(Journal journal, int last, boolean afterIt, Runnable death) {
        super(journal);
        this.last = last;
        this.afterIt = afterIt;
        this.death = death;
    }

    private <T> T counted(Supplier<T> write) {
        var number = writes.incrementAndGet();
        if (number == last && !afterIt) {
            death.run();
        }
        var answer = write.get();
        if (number == last && afterIt) {
            death.run();
        }
        return answer;
    }

    private void counted(Runnable write) {
        counted(() -> {
            write.run();
            return Optional.empty();
        });
    }

    @Override
    public Lease acquire(VmRef vm, Owner owner, OperationId operation, long atLeast) {
        return counted(() -> super.acquire(vm, owner, operation, atLeast));
    }

    @Override
    public void begin(Lease lease, String kind, String plan) {
        counted(() -> super.begin(lease, kind, plan));
    }

    @Override
    public void record(Lease lease, List<StepEvent> events) {
        counted(() -> super.record(lease, events));
    }

    @Override
    public void finish(Lease lease, List<StepEvent> events, OperationState state, String message) {
        counted(() -> super.finish(lease, events, state, message));
    }
}
