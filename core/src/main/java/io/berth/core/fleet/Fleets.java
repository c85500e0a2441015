package io.berth.core.fleet;

import io.berth.core.journal.Journal;
import io.berth.core.journal.OperationState;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.Operations;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.Wiring;
import io.berth.core.run.RunOptions;
import io.berth.core.run.RunResult;
import io.berth.driver.Cancellation;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is done with many VMs at once. Each comes in two forms: {@code plan...} only looks and answers what would be done,
 * and the thing itself, which ends with a report whatever came of the parts. All fleets of one instance share the limits.
 * All throw {@link io.berth.driver.Failure} when they can't be begun. Thread-safe.
 */
public final class Fleets {
    private final Operations operations;
    private final FleetSurveyor surveyor;
    private final Turns turns;
    private final Crew crew;
    private final Journal journal;
    private final Clock clock;

    public Fleets(Wiring wiring, Operations operations, FleetLimits limits, Crew crew) {
        this.operations = operations;
        this.surveyor = new FleetSurveyor(wiring, operations);
        this.turns = new Turns(limits);
        this.crew = crew;
        this.journal = wiring.journal();
        this.clock = wiring.clock();
    }

    public FleetPlan planSuspendAll(SuspendAllRequest request) {
        return look(request, SoFar.NOTHING);
    }

    private FleetPlan look(SuspendAllRequest request, SoFar soFar) {
        return SuspendAllPlanner.plan(surveyor.suspendAll(request.later(soFar.elapsed()), soFar.pace()));
    }

    /** Suspends what can be saved in time; when that is done and there is time left, what seemed too much before. */
    public FleetReport suspendAll(SuspendAllRequest request, Carrier carrier, Cancellation cancellation) {
        return voyage(cancellation)
                .run(
                        soFar -> look(request, soFar),
                        move -> carrier.carry(move, options -> suspend(request, move, options)));
    }

    private RunResult suspend(SuspendAllRequest request, Move move, RunOptions options) {
        return operations.suspend(request.of(move), options);
    }

    public FleetPlan planResumeAll(ResumeAllRequest request) {
        return ResumeAllPlanner.plan(surveyor.resumeAll(request));
    }

    /** Resumes what was suspended, each where it was. */
    public FleetReport resumeAll(ResumeAllRequest request, Carrier carrier, Cancellation cancellation) {
        return voyage(cancellation)
                .run(
                        _ -> planResumeAll(request),
                        move -> carrier.carry(move, options -> resume(request, move, options)));
    }

    private RunResult resume(ResumeAllRequest request, Move move, RunOptions options) {
        return operations.resume(
                new ResumeRequest(move.vm().uuid().toString(), Optional.of(move.host()), request.deadHosts()),
                options.withDead(request.deadHosts()));
    }

    public FleetPlan planEvacuate(EvacuateRequest request) {
        return look(request, SoFar.NOTHING);
    }

    private FleetPlan look(EvacuateRequest request, SoFar soFar) {
        return EvacuatePlanner.plan(surveyor.evacuate(request), request.mode(), soFar);
    }

    /** Brings all VMs away from a host; one that can't go where it was to go is tried elsewhere. */
    public FleetReport evacuate(EvacuateRequest request, Carrier carrier, Cancellation cancellation) {
        return voyage(cancellation)
                .run(
                        soFar -> look(request, soFar),
                        move -> carrier.carry(move, options -> migrate(request, move, options)));
    }

    private RunResult migrate(EvacuateRequest request, Move move, RunOptions options) {
        var mode = move.way() == Way.MIGRATE_LIVE ? MigrationMode.LIVE : MigrationMode.COLD;
        return operations.migrate(request.of(move, mode), options);
    }

    private Voyage voyage(Cancellation cancellation) {
        return new Voyage(new Errand(turns, crew, cancellation), this::underWay, clock);
    }

    private Set<UUID> underWay() {
        return journal.open().stream()
                .filter(entry -> entry.state() == OperationState.ACTIVE)
                .map(entry -> entry.vm().uuid())
                .collect(Collectors.toSet());
    }
}
