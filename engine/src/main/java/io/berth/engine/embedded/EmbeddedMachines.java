package io.berth.engine.embedded;

import io.berth.core.Drivers;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.core.operation.Operations;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.engine.Found;
import io.berth.engine.MachineDetail;
import io.berth.engine.MachineView;
import io.berth.engine.Machines;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import io.berth.engine.configuration.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

final class EmbeddedMachines implements Machines {
    private final Operations operations;
    private final Drivers drivers;
    private final Survey survey;
    private final Runs runs;
    private final Configuration configuration;
    private final Consumer<Set<HostRef>> connections;

    /** @param connections begins to connect to hosts and doesn't wait for them */
    EmbeddedMachines(
            Operations operations,
            Drivers drivers,
            Survey survey,
            Runs runs,
            Configuration configuration,
            Consumer<Set<HostRef>> connections) {
        this.operations = operations;
        this.drivers = drivers;
        this.survey = survey;
        this.runs = runs;
        this.configuration = configuration;
        this.connections = connections;
    }

    @Override
    public Found<MachineView> list() {
        var seen = survey.everything();
        var silent = silent(seen);
        return new Found<>(
                MachineMerger.merge(seen.guests().items(), seen.checkpoints().items()), silent);
    }

    @Override
    public MachineDetail find(String nameOrUuid) {
        var seen = survey.everything();
        var machine = resolve(
                nameOrUuid,
                MachineMerger.merge(seen.guests().items(), seen.checkpoints().items()),
                silent(seen));
        return switch (machine.state()) {
            case RUNNING, PAUSED -> alive(machine, silent(seen));
            case SUSPENDED, STOPPED -> suspended(machine, seen);
            case SHUT_OFF, ORPHANED, BUSY, BROKEN ->
                new MachineDetail(machine, Optional.empty(), Optional.empty(), Optional.empty(), silent(seen));
        };
    }

    private MachineDetail alive(MachineView machine, List<Failure> silent) {
        var hypervisor = drivers.hypervisor(machine.host());
        var description = hypervisor.describe(machine.host(), machine.vm());
        return new MachineDetail(
                machine,
                Optional.of(description.profile()),
                Optional.of(description),
                Optional.of(hypervisor.estimate(machine.host(), machine.vm())),
                silent);
    }

    private static MachineDetail suspended(MachineView machine, Survey.Everything seen) {
        var profile = seen.checkpoints().items().stream()
                .filter(entry ->
                        machine.checkpoint().filter(entry.volume()::equals).isPresent())
                .flatMap(entry -> entry.record().stream())
                .map(CheckpointRecord::profile)
                .findFirst();
        return new MachineDetail(machine, profile, Optional.empty(), Optional.empty(), silent(seen));
    }

    private static List<Failure> silent(Survey.Everything seen) {
        var silent = new ArrayList<>(seen.guests().silent());
        silent.addAll(seen.checkpoints().silent());
        return silent;
    }

    private static MachineView resolve(String nameOrUuid, List<MachineView> machines, List<Failure> silent) {
        var matching = machines.stream()
                .filter(machine -> machine.vm().name().equals(nameOrUuid)
                        || machine.vm().uuid().toString().equals(nameOrUuid.toLowerCase(Locale.ROOT)))
                .toList();
        if (matching.stream().map(machine -> machine.vm().uuid()).distinct().count() > 1) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "vm.ambiguous",
                            "more than one VM is named '" + Printable.line(nameOrUuid) + "'")
                    .why(matching.stream()
                            .map(machine -> machine.vm().uuid() + " on " + machine.host())
                            .toList()
                            .toString())
                    .next("use the UUID")
                    .build();
        }
        return matching.stream()
                .findFirst()
                .orElseThrow(() -> Failure.of(
                                FailureKind.CALLER, "vm.unknown", "no VM '" + Printable.line(nameOrUuid) + "'")
                        .why(silent.isEmpty() ? "no host and no datastore knows it" : "nothing that answers knows it")
                        .next("see 'berth vm list'")
                        .build());
    }

    @Override
    public Plan planSuspend(SuspendRequest request) {
        requireDatastore();
        return operations.planSuspend(request);
    }

    @Override
    public Report suspend(SuspendRequest request, Watch watch) {
        requireDatastore();
        connect();
        return runs.run(watch, options -> operations.suspend(request, options));
    }

    @Override
    public Plan planStop(SuspendRequest request) {
        requireDatastore();
        return operations.planStop(request);
    }

    @Override
    public Report stop(SuspendRequest request, Watch watch) {
        requireDatastore();
        connect();
        return runs.run(watch, options -> operations.stop(request, options));
    }

    @Override
    public Plan planStart(StartRequest request) {
        requireDatastore();
        return operations.planStart(request);
    }

    @Override
    public Report start(StartRequest request, Watch watch) {
        requireDatastore();
        connect();
        return runs.run(watch, options -> operations.start(request, options.withDead(request.deadHosts())));
    }

    @Override
    public Plan planResume(ResumeRequest request) {
        requireDatastore();
        return operations.planResume(request);
    }

    @Override
    public Report resume(ResumeRequest request, Watch watch) {
        requireDatastore();
        connect();
        return runs.run(watch, options -> operations.resume(request, options.withDead(request.deadHosts())));
    }

    @Override
    public Plan planMigrate(MigrateRequest request) {
        requireDatastoreFor(request.mode());
        return operations.planMigrate(request);
    }

    @Override
    public Report migrate(MigrateRequest request, Watch watch) {
        requireDatastoreFor(request.mode());
        connect();
        return runs.run(watch, options -> operations.migrate(request, options));
    }

    @Override
    public Plan planTerminate(TerminateRequest request) {
        return operations.planTerminate(request);
    }

    @Override
    public Report terminate(TerminateRequest request, Watch watch) {
        connect();
        return runs.run(watch, options -> operations.terminate(request, options));
    }

    @Override
    public Plan planMoveDirectory(MoveDirectoryRequest request) {
        return operations.planMoveDirectory(request);
    }

    @Override
    public Report moveDirectory(MoveDirectoryRequest request, Watch watch) {
        connections.accept(Set.of(request.from(), request.to()));
        return runs.run(watch, options -> operations.moveDirectory(request, options));
    }

    @Override
    public List<DefinitionChange> explain(String nameOrUuid, Phase phase) {
        var seen = survey.everything();
        var machine = resolve(
                nameOrUuid,
                MachineMerger.merge(seen.guests().items(), seen.checkpoints().items()),
                silent(seen));
        return drivers.hypervisor(machine.host()).transform(machine.host(), definition(machine, seen), phase);
    }

    private String definition(MachineView machine, Survey.Everything seen) {
        if (machine.state().isInACheckpoint()) {
            return seen.checkpoints().items().stream()
                    .filter(entry ->
                            machine.checkpoint().filter(entry.volume()::equals).isPresent())
                    .map(Entry::record)
                    .flatMap(Optional::stream)
                    .map(CheckpointRecord::definition)
                    .findFirst()
                    .orElse("");
        }
        GuestDescription description = drivers.hypervisor(machine.host()).describe(machine.host(), machine.vm());
        return description.definition();
    }

    /** An operation looks at every host: all at once instead of one after the other. */
    void connect() {
        connections.accept(drivers.hosts());
    }

    /** What goes live needs none. */
    void requireDatastoreFor(MigrationMode mode) {
        if (mode == MigrationMode.COLD) {
            requireDatastore();
        }
    }

    void requireDatastore() {
        if (configuration.datastores().isEmpty()) {
            throw Failure.of(FailureKind.CALLER, "datastore.none", "there is no datastore to put memory on")
                    .why("none is configured in " + configuration.source())
                    .next("write these lines into " + configuration.source()
                            + ", with a folder that exists on the hosts:\n"
                            + "     datastores:\n"
                            + "       fast:\n"
                            + "         driver: loop\n"
                            + "         folder: /srv/berth")
                    .build();
        }
    }
}
