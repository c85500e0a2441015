package io.berth.core.operation;

import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationEntry;
import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.run.RunOptions;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finishes or undoes what a dead process left: takes the lease, raises the epoch on every host that answers, ends what
 * of the dead owner still runs there, cuts dead hosts off from the storage, and only then lets the runner probe.
 */
final class Recovery {
    private final Wiring wiring;
    private final Conductor conductor;

    Recovery(Wiring wiring, Conductor conductor) {
        this.wiring = wiring;
        this.conductor = conductor;
    }

    List<Recovered> all(RunOptions options) {
        var recovered = new ArrayList<Recovered>();
        for (var entry : wiring.journal().open()) {
            one(entry, options).ifPresent(recovered::add);
        }
        return List.copyOf(recovered);
    }

    /** Empty when its owner has finished it meanwhile after all. */
    private Optional<Recovered> one(OperationEntry entry, RunOptions options) {
        try {
            var plan = PlanCodec.read(entry.plan());
            var lease = wiring.journal().acquire(entry.vm(), wiring.owner(), entry.id(), 0);
            try {
                if (!isOpen(entry)) {
                    wiring.journal().release(lease);
                    return Optional.empty();
                }
                fence(plan, lease, options);
                var cutOff = new CutOff(wiring.drivers()).of(plan, lease, options.deadHosts());
                if (!cutOff.isEmpty()) {
                    wiring.journal().record(lease, cutOff);
                }
            } catch (Failure failure) {
                wiring.journal().release(lease);
                throw failure;
            }
            var history = wiring.journal().events(entry.id());
            return Optional.of(
                    new Recovered(entry, Optional.of(conductor.goOn(plan, lease, options, history)), Optional.empty()));
        } catch (Failure failure) {
            return Optional.of(new Recovered(entry, Optional.empty(), Optional.of(failure)));
        }
    }

    private boolean isOpen(OperationEntry entry) {
        return wiring.journal()
                .operation(entry.id())
                .filter(now -> now.state().isOpen())
                .isPresent();
    }

    /**
     * Hosts that have no part in the plan but answer are raised too: storage commands may have gone through them. A
     * host of the plan that is silent stops the recovery, unless a person says that it is dead.
     */
    private void fence(Plan plan, Lease lease, RunOptions options) {
        for (var host : wiring.drivers().hosts()) {
            if (options.deadHosts().contains(host)) {
                continue;
            }
            try {
                if (wiring.drivers()
                        .guard()
                        .raise(host, lease.token())
                        .running()
                        .isPresent()) {
                    wiring.drivers().guard().evict(host, lease.token());
                }
            } catch (Failure failure) {
                if (plan.hosts().contains(host)) {
                    throw silent(host, failure);
                }
            }
        }
    }

    private static Failure silent(HostRef host, Failure failure) {
        if (failure.is("guard.refused")) {
            return failure;
        }
        return Failure.of(FailureKind.ENVIRONMENT, "host.silent", "a host of the operation doesn't answer")
                .host(host)
                .why(failure.getMessage())
                .next("make it answer; or, only if you know that it is switched off and stays so until it has been"
                        + " restarted, say --host-is-dead " + host)
                .cause(failure)
                .build();
    }
}
