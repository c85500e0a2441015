package io.berth.engine.embedded;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.PlanText;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.engine.OperationBook;
import io.berth.engine.OperationDetail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class EmbeddedOperationBook implements OperationBook {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Journal journal;
    private final RunningOperations running;
    private final OwnerProcess ownerProcess;

    EmbeddedOperationBook(Journal journal, RunningOperations running, OwnerProcess ownerProcess) {
        this.journal = journal;
        this.running = running;
        this.ownerProcess = ownerProcess;
    }

    @Override
    public List<OperationEntry> list(Optional<UUID> vm, int limit) {
        return journal.history(vm, limit);
    }

    @Override
    public OperationDetail find(OperationId id) {
        var entry = entry(id);
        return new OperationDetail(
                entry, lease(entry).map(lease -> lease.owner().name()), planLines(entry), journal.events(id));
    }

    private static List<String> planLines(OperationEntry entry) {
        try {
            return PlanText.lines(PlanCodec.read(entry.plan()));
        } catch (Failure _) {
            return List.of(); // a newer Berth's plan: everything else can still be shown
        }
    }

    @Override
    public OperationEntry cancel(OperationId id) {
        var entry = entry(id);
        if (entry.state() != OperationState.ACTIVE) {
            throw Failure.of(FailureKind.CALLER, "operation.not-running", "operation " + id + " doesn't run")
                    .why("it is " + entry.state())
                    .next(entry.state().isOpen() ? "run 'berth recover' to finish or undo it" : "nothing is to be done")
                    .build();
        }
        var own = running.find(id);
        if (own.isPresent()) {
            own.get().request();
        } else {
            askOwner(entry);
        }
        return awaitEnd(entry);
    }

    private void askOwner(OperationEntry entry) {
        var owner = lease(entry).orElseThrow(() -> ownerless(entry)).owner();
        switch (ownerProcess.askToStop(owner, entry.id())) {
            case ASKED -> {}
            case GONE -> throw ownerless(entry);
            case ELSEWHERE ->
                throw Failure.of(
                                FailureKind.ENVIRONMENT,
                                "operation.elsewhere",
                                "operation " + entry.id() + " runs on another machine")
                        .why("its process is " + owner.name())
                        .next("cancel it there")
                        .build();
            case FORBIDDEN ->
                throw Failure.of(
                                FailureKind.ENVIRONMENT,
                                "operation.not-yours",
                                "operation " + entry.id() + " belongs to another user's process")
                        .why("its process is " + owner.name())
                        .next("cancel it as that user, or as root")
                        .build();
        }
    }

    private OperationEntry awaitEnd(OperationEntry entry) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var now = entry(entry.id());
            switch (now.state()) {
                case FAILED, PENDING -> {
                    return now;
                }
                case SUCCEEDED, SUCCEEDED_CLEANUP_PENDING -> throw tooLate(now, "it has succeeded meanwhile");
                case ACTIVE -> {
                    if (System.nanoTime() > deadline) {
                        throw tooLate(
                                now,
                                "it was asked to stop and goes on: it is past the point of no return, or"
                                        + " is being undone");
                    }
                }
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Failure.of(FailureKind.CANCELLED, "operation.cancel-unheard", "stopped waiting for the operation")
                    .why("the operation was asked to stop; what came of it isn't known here")
                    .next("see 'berth operation list'")
                    .build();
        }
    }

    private OperationEntry entry(OperationId id) {
        return journal.operation(id)
                .orElseThrow(() -> Failure.of(FailureKind.CALLER, "operation.unknown", "there is no operation " + id)
                        .next("see 'berth operation list'")
                        .build());
    }

    private Optional<Lease> lease(OperationEntry entry) {
        return journal.lease(entry.vm().uuid())
                .filter(lease -> lease.operation().equals(entry.id()));
    }

    private static Failure ownerless(OperationEntry entry) {
        return Failure.of(FailureKind.CONFLICT, "operation.ownerless", "nobody works on operation " + entry.id())
                .why("its process is gone")
                .next("run 'berth recover': it finishes or undoes the operation")
                .build();
    }

    private static Failure tooLate(OperationEntry entry, String why) {
        return Failure.of(
                        FailureKind.CONFLICT, "operation.too-late", "operation " + entry.id() + " couldn't be stopped")
                .why(why)
                .next("see 'berth operation show " + entry.id() + "'")
                .build();
    }
}
