package io.berth.opennebula.simulated;

import io.berth.core.journal.Journal;
import io.berth.core.journal.OperationEntry;
import io.berth.core.operation.AdoptRequest;
import io.berth.core.operation.Leftover;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.core.operation.Operations;
import io.berth.core.operation.Recovered;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.plan.Plan;
import io.berth.core.run.RunListener;
import io.berth.core.run.RunOptions;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Progress;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.engine.Checkpoints;
import io.berth.engine.Datastores;
import io.berth.engine.Engine;
import io.berth.engine.EngineEvent;
import io.berth.engine.Finding;
import io.berth.engine.Fleet;
import io.berth.engine.Found;
import io.berth.engine.HostView;
import io.berth.engine.Hosts;
import io.berth.engine.MachineDetail;
import io.berth.engine.MachineView;
import io.berth.engine.Machines;
import io.berth.engine.OperationBook;
import io.berth.engine.Report;
import io.berth.engine.StorageScripts;
import io.berth.engine.Upkeep;
import io.berth.engine.Watch;
import io.berth.engine.embedded.MachineMerger;
import io.berth.engine.testkit.FakeEngine;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Berth's own operations, on simulated hosts and storage, behind the façade: all that an engine does is real, but what
 * it does it to. Of the façade only as much as the VM driver asks for.
 */
public final class SimulatedEngine implements Engine {
    private final FakeEngine rest = new FakeEngine();
    private final World world;
    private final Operations operations;
    private final Journal journal;

    public SimulatedEngine(World world, Operations operations, Journal journal) {
        this.world = world;
        this.operations = operations;
        this.journal = journal;
        world.hostRefs().forEach(host -> rest.hosts.views.add(new HostView(host, host.name(), "simulated")));
    }

    @Override
    public Machines machines() {
        return new SimulatedMachines();
    }

    @Override
    public Upkeep upkeep() {
        return new SimulatedUpkeep();
    }

    @Override
    public Datastores datastores() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StorageScripts scripts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Hosts hosts() {
        return rest.hosts();
    }

    @Override
    public Fleet fleet() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Checkpoints checkpoints() {
        return new SimulatedCheckpoints();
    }

    @Override
    public OperationBook operations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        world.note("an engine is closed");
    }

    private static Report run(Watch watch, RunOptions options, Function<RunOptions, RunResult> operation) {
        var listened = options.with(watch.cancellation(), Progress.NONE).with(new RunListener() {
            @Override
            public void begins(Plan plan) {
                watch.events()
                        .accept(new EngineEvent.OperationBegins(
                                plan.operation(),
                                plan.kind(),
                                plan.vm(),
                                plan.steps().size()));
            }
        });
        return new Report(operation.apply(listened), Duration.ZERO, Optional.empty(), Optional.empty(), List.of());
    }

    private final class SimulatedMachines implements Machines {
        @Override
        public Found<MachineView> list() {
            var silent = new ArrayList<Failure>();
            var guests = operations.guests();
            guests.silent()
                    .forEach(host -> silent.add(Failure.of(FailureKind.ENVIRONMENT, "host.no-answer", "no answer")
                            .host(host)
                            .next("wait")
                            .build()));
            var checkpoints = List.<CheckpointLedger.Entry>of();
            try {
                checkpoints = operations.checkpoints();
            } catch (Failure failure) {
                silent.add(failure);
            }
            return new Found<>(MachineMerger.merge(guests.views(), checkpoints), silent);
        }

        @Override
        public Report suspend(SuspendRequest request, Watch watch) {
            return run(watch, operations.options(), options -> operations.suspend(request, options));
        }

        @Override
        public Report resume(ResumeRequest request, Watch watch) {
            return run(watch, operations.options(), options -> operations.resume(request, options));
        }

        @Override
        public Report migrate(MigrateRequest request, Watch watch) {
            return run(watch, operations.options(), options -> operations.migrate(request, options));
        }

        @Override
        public Report moveDirectory(MoveDirectoryRequest request, Watch watch) {
            return run(watch, operations.options(), options -> operations.moveDirectory(request, options));
        }

        @Override
        public Plan planMoveDirectory(MoveDirectoryRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MachineDetail find(String nameOrUuid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Plan planSuspend(SuspendRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Plan planStop(SuspendRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Report stop(SuspendRequest request, Watch watch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Plan planStart(StartRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Report start(StartRequest request, Watch watch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Plan planResume(ResumeRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Plan planMigrate(MigrateRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Plan planTerminate(TerminateRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Report terminate(TerminateRequest request, Watch watch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DefinitionChange> explain(String nameOrUuid, Phase phase) {
            throw new UnsupportedOperationException();
        }
    }

    private final class SimulatedCheckpoints implements Checkpoints {
        @Override
        public Plan planAdopt(AdoptRequest request) {
            return operations.planAdopt(request);
        }

        @Override
        public Report adopt(AdoptRequest request, Watch watch) {
            return run(watch, operations.options(), options -> operations.adopt(request, options));
        }

        @Override
        public Found<CheckpointLedger.Entry> list() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CheckpointLedger.Entry find(String nameOrVm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Plan planVerify(String nameOrVm, Optional<HostRef> at, boolean whole) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Report verify(String nameOrVm, Optional<HostRef> at, boolean whole, Watch watch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Plan planDelete(String nameOrVm, boolean losesMemory) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Report delete(String nameOrVm, boolean losesMemory, Watch watch) {
            throw new UnsupportedOperationException();
        }
    }

    private final class SimulatedUpkeep implements Upkeep {
        @Override
        public List<OperationEntry> unfinished() {
            return journal.open();
        }

        @Override
        public List<Recovered> recover(Set<HostRef> deadHosts, Watch watch) {
            return operations.recover(operations.options().withDead(deadHosts));
        }

        @Override
        public List<Finding> examine() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> rebuild() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found<Leftover> collectGarbage(boolean delete) {
            throw new UnsupportedOperationException();
        }
    }
}
