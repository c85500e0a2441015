package io.berth.core.operation;

import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.run.RunListener;
import io.berth.core.run.RunOptions;
import io.berth.core.run.RunResult;
import io.berth.core.run.Runner;
import io.berth.core.run.StepRun;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Progress;
import io.berth.driver.VmRef;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Conducts a new operation: the lease first, then facts and plan, then every host's guard is raised and dead hosts
 * are cut off, then the first step.
 */
final class Conductor {
    private final Wiring wiring;

    Conductor(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * @param compile makes the plan under the lease, and refuses what can't be
     * @throws Failure when refused: nothing was touched
     */
    RunResult conduct(VmRef vm, Function<Lease, Plan> compile, RunOptions options) {
        refuseBeforeRecovery(vm);
        var lease = wiring.journal().acquire(vm, wiring.owner(), wiring.ids().get(), 0);
        while (true) {
            Prepared prepared;
            // From here on: one silent host can hold the survey up for longer than a lease lasts by itself.
            try (var _ = wiring.heartbeat().start(wiring.journal(), lease)) {
                prepared = prepare(lease, compile, options);
                if (prepared.isBegun(lease)) {
                    return runner().run(
                                    prepared.plan(),
                                    new StepRun(wiring.drivers(), lease, options, wiring.pause()),
                                    options);
                }
            }
            lease = above(prepared.highest(), lease);
        }
    }

    /** @param highest epoch that a host of the plan has seen; the operation is begun unless that outranks its lease */
    private record Prepared(Plan plan, long highest) {
        boolean isBegun(Lease lease) {
            return highest < lease.epoch();
        }
    }

    private Prepared prepare(Lease lease, Function<Lease, Plan> compile, RunOptions options) {
        try {
            // Looked at again under the lease: the one who held it may have died meanwhile.
            refuseBeforeRecovery(lease.vm());
            var plan = compile.apply(lease);
            var prepared = new Prepared(plan, highestEpoch(lease, plan));
            if (prepared.isBegun(lease)) {
                raise(lease, plan);
                var cutOff = new CutOff(wiring.drivers()).of(plan, lease, options.deadHosts());
                wiring.journal().begin(lease, plan.kind(), PlanCodec.write(plan));
                if (!cutOff.isEmpty()) {
                    wiring.journal().record(lease, cutOff);
                }
            }
            return prepared;
        } catch (RuntimeException refused) {
            refuseIfOvertaken(lease, refused);
            wiring.journal().release(lease);
            throw refused;
        }
    }

    /** What was seen while somebody else worked on the VM is a mixture of before and after, and no reason for anything. */
    private void refuseIfOvertaken(Lease lease, RuntimeException refused) {
        var isHeld = wiring.journal()
                .lease(lease.vm().uuid())
                .filter(held -> held.epoch() == lease.epoch())
                .isPresent();
        if (!isHeld) {
            var overtaken = Failure.of(FailureKind.CONFLICT, "vm.overtaken", "somebody else has taken " + lease.vm())
                    .why("looking at it took this process longer than its lease lasted")
                    .next("see what it is now ('berth vm show " + lease.vm().uuid() + "'), then try again")
                    .build();
            overtaken.noteBeside(refused);
            throw overtaken;
        }
    }

    /** Goes on with a plan whose lease is held, where its history leaves off. */
    RunResult goOn(Plan plan, Lease lease, RunOptions options, List<StepEvent> history) {
        try (var _ = wiring.heartbeat().start(wiring.journal(), lease)) {
            return runner().goOn(plan, new StepRun(wiring.drivers(), lease, options, wiring.pause()), options, history);
        }
    }

    private Runner runner() {
        return new Runner(wiring.journal(), wiring.handlers(), wiring.pause());
    }

    RunOptions options() {
        return new RunOptions(
                Cancellation.never(), Progress.NONE, Set.of(), wiring.retryPauses(), wiring.clock(), RunListener.NONE);
    }

    private void refuseBeforeRecovery(VmRef vm) {
        wiring.journal().open(vm.uuid()).stream()
                .filter(Conductor::blocks)
                .findFirst()
                .ifPresent(open -> {
                    var owner = wiring.journal().lease(vm.uuid());
                    throw Failure.of(
                                    FailureKind.CONFLICT, "vm.needs-recovery", vm + " has an unfinished " + open.kind())
                            .why("operation " + open.id() + " is " + open.state()
                                    + owner.map(held ->
                                                    ", owned by " + held.owner().name())
                                            .orElse(""))
                            .next("if its process is gone, run 'berth recover'; otherwise wait for it")
                            .build();
                });
    }

    private static boolean blocks(OperationEntry entry) {
        return entry.state() == OperationState.ACTIVE || entry.state() == OperationState.PENDING;
    }

    private long highestEpoch(Lease lease, Plan plan) {
        var highest = 0L;
        for (var host : plan.hosts()) {
            highest = Math.max(
                    highest,
                    wiring.drivers().guard().read(host, lease.vm().uuid()).epoch());
        }
        return highest;
    }

    private void raise(Lease lease, Plan plan) {
        for (var host : plan.hosts()) {
            var state = wiring.drivers().guard().raise(host, lease.token());
            if (state.running().isPresent()) {
                wiring.drivers().guard().evict(host, lease.token());
            }
        }
    }

    /**
     * A lease above what a host has seen. Either this journal isn't the one that was used before, or somebody has taken
     * the VM over while this engine slept, and may have changed everything: so the facts have to be collected again.
     */
    private Lease above(long epoch, Lease lease) {
        wiring.journal().release(lease);
        return wiring.journal().acquire(lease.vm(), lease.owner(), lease.operation(), epoch + 1);
    }
}
