package io.berth.simulator.history;

import io.berth.core.fleet.FleetLimits;
import io.berth.core.fleet.Fleets;
import io.berth.core.fleet.Move;
import io.berth.core.journal.OperationState;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.Operations;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.operation.Wiring;
import io.berth.core.plan.Plan;
import io.berth.core.run.RunListener;
import io.berth.core.run.RunOptions;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.Progress;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EndlessRun;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Engines;
import io.berth.simulator.lifecycle.Attempt;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Violation;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How users ask, and what they are told. */
final class Service {
    private final Setting setting;
    private final Crew crew;
    private final Book book;
    private final Tally tally;
    private final Boundary boundary;
    private final Engines engines;

    Service(Setting setting, Crew crew, Book book, Tally tally, Boundary boundary, Engines engines) {
        this.setting = setting;
        this.crew = crew;
        this.book = book;
        this.tally = tally;
        this.boundary = boundary;
        this.engines = engines;
    }

    void ask(Lane lane, Request request) {
        if (!lane.isIdle() || lane.engine().isStalled()) {
            return;
        }
        crew.start(lane.engine(), engines);
        var process = lane.engine().process().orElseThrow();
        var vm = request.about().map(name -> setting.machine(name).vm());
        var attempt = request.wish().map(wish -> book.asked(vm.orElseThrow(), wish));
        setting.world().note("lane " + lane.number() + ", " + process.owner().name() + " is asked: " + request);
        lane.begin(attempt, () -> serve(lane, process, request));
    }

    private void serve(Lane lane, EngineProcess process, Request request) {
        var wiring = engines.wiring(
                boundary,
                process,
                () -> {
                    var id = lane.named(engines.nextId());
                    lane.attempt()
                            .filter(_ -> lane.operation().filter(id::equals).isPresent())
                            .ifPresent(attempt -> book.named(attempt, id));
                    return id;
                },
                lane.engine().heartbeat());
        try {
            carryOut(wiring, lane, request);
            tally.operation(request.kind(), "answered");
        } catch (EngineDied _) {
            tally.operation(request.kind(), "died");
            setting.world()
                    .note("=> lane " + lane.number() + ": " + process.owner().name() + " is dead");
            unlessBegun(lane, attempt -> book.forgotten(attempt));
        } catch (EndlessRun endless) {
            setting.checker().add(new Violation(Clause.PROGRESS, request + ": " + endless.getMessage()));
        } catch (Failure why) {
            tally.operation(request.kind(), "refused");
            setting.world().note("=> lane " + lane.number() + ", refused: " + why.getMessage());
            if (Set.of("vm.doubled", "vm.has-checkpoint").contains(why.code())) {
                setting.checker().add(new Violation(Clause.ONE_COPY, request + " is told " + why.getMessage()));
            }
            unlessBegun(lane, attempt -> book.refused(attempt, why));
        } catch (RuntimeException bug) {
            setting.checker().add(new Violation(Clause.TRUE_REPORT, request + " breaks: " + bug));
        }
    }

    private void unlessBegun(Lane lane, Consumer<Attempt> end) {
        var isBegun =
                lane.operation().flatMap(id -> setting.journal().state(id)).isPresent();
        if (!isBegun) {
            lane.attempt().ifPresent(end);
        }
    }

    private Set<HostRef> dead(boolean declared) {
        return declared ? setting.declareDead() : Set.of();
    }

    private RunOptions options(Operations operations, Lane lane, Request request) {
        var dead = switch (request) {
            case Request.Resume resume -> dead(resume.declaresDead());
            case Request.Terminate terminate -> dead(terminate.declaresDead());
            case Request.Start start -> dead(start.declaresDead());
            case Request.Recover(var declares) -> dead(declares);
            case Request.ResumeAll(var declares) -> dead(declares);
            case Request.SuspendAll _,
                    Request.Evacuate _,
                    Request.Suspend _,
                    Request.Stop _,
                    Request.Migrate _,
                    Request.MigrateLive _,
                    Request.Verify _,
                    Request.Delete _,
                    Request.CollectGarbage _ -> Set.<HostRef>of();
        };
        return operations
                .options()
                .with(lane.cancellation(), Progress.NONE)
                .withDead(dead)
                .with(new RunListener() {
                    private boolean isOld;

                    @Override
                    public void begins(Plan plan) {
                        // What was done before has been told long ago: only something is left to tidy up.
                        isOld = setting.journal()
                                .state(plan.operation())
                                .filter(OperationState.SUCCEEDED_CLEANUP_PENDING::equals)
                                .isPresent();
                    }

                    @Override
                    public void ends(RunResult result) {
                        answered(lane, isOld || isAnyBack(dead), result);
                    }
                });
    }

    /** Whoever called a host dead that is up again was wrong: nothing that was done in that belief need be so now. */
    private boolean isAnyBack(Set<HostRef> dead) {
        return dead.stream().anyMatch(host -> setting.world().host(host).isPowered());
    }

    private void carryOut(Wiring wiring, Lane lane, Request request) {
        var operations = new Operations(wiring);
        var options = options(operations, lane, request);
        var dead = options.deadHosts();
        switch (request) {
            case Request.OfFleet fleet -> {
                var fleets = new Fleets(wiring, operations, FleetLimits.USUAL, new LoneCrew(setting.world(), lane));
                var _ = FleetRequests.carryOut(
                        fleet, fleets, (move, operation) -> part(lane, move, () -> operation.apply(options)), options);
            }
            case Request.Suspend(var vm, var datastore, var writer) -> {
                var _ = operations.suspend(suspend(vm, datastore, writer), options);
            }
            case Request.Resume resume -> {
                var target = Optional.of(resume.host());
                var _ = operations.resume(new ResumeRequest(resume.vm(), target, dead), options);
            }
            case Request.Migrate(var vm, var datastore, var writer, var host) -> {
                var _ = operations.migrate(
                        new MigrateRequest(suspend(vm, datastore, writer), host, MigrationMode.COLD), options);
            }
            case Request.MigrateLive(var vm, var host) -> {
                var _ = operations.migrate(MigrateRequest.of(vm, host, MigrationMode.LIVE), options);
            }
            case Request.Stop(var vm, var datastore, var writer) -> {
                var _ = operations.stop(suspend(vm, datastore, writer), options);
            }
            case Request.Start start -> {
                var _ = operations.start(new StartRequest(start.vm(), Optional.empty(), dead), options);
            }
            case Request.Verify(var vm, var host, var whole) -> {
                var _ = operations.verify(vm, host, whole, options);
            }
            case Request.Delete(var vm) -> {
                var _ = operations.delete(vm, true, options);
            }
            case Request.Terminate terminate -> {
                var wish = new TerminateRequest(terminate.vm(), dead, terminate.deletesDirectory());
                var _ = operations.terminate(wish, options);
            }
            case Request.Recover _ -> {
                var _ = operations.recover(options);
            }
            case Request.CollectGarbage(var delete) -> {
                setting.hears(operations.collectGarbage(delete));
            }
        }
    }

    /** One VM's part in what a fleet does. */
    private RunResult part(Lane lane, Move move, Supplier<RunResult> operation) {
        lane.turnTo(Optional.of(book.asked(move.vm(), FleetRequests.wish(move))));
        try {
            return operation.get();
        } catch (EngineDied died) {
            unlessBegun(lane, attempt -> book.forgotten(attempt));
            throw died;
        } catch (Failure why) {
            unlessBegun(lane, attempt -> book.refused(attempt, why));
            throw why;
        } catch (RuntimeException bug) {
            setting.checker().add(new Violation(Clause.TRUE_REPORT, move + " breaks: " + bug));
            throw bug;
        } finally {
            lane.turnTo(Optional.empty());
        }
    }

    private static SuspendRequest suspend(String vm, String datastore, MemoryWriter writer) {
        return new SuspendRequest(
                vm, Optional.empty(), Optional.of(datastore), Optional.of(writer), Optional.empty(), false);
    }

    /** Nothing else happens between an operation's last write and this. */
    private void answered(Lane lane, boolean isLate, RunResult result) {
        setting.world()
                .note("=> lane " + lane.number() + ": " + result.plan().kind() + " " + result.state() + " "
                        + result.message());
        tally.outcome(result.plan().kind() + " " + result.state());
        var isOutlived = result.memoryLost() && book.isOutlived(result.plan().operation());
        if (isLate || isOutlived || lane.isLate()) {
            setting.checker().reportedLate(result);
        } else {
            setting.checker().reported(setting.expectation(result.plan().vm()), result);
        }
        book.told(result);
        setting.doubts(
                result.plan().vm(),
                result.failure().filter(why -> why.is("migrate.in-doubt")).isPresent());
    }
}
