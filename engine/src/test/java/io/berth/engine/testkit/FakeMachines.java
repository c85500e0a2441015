package io.berth.engine.testkit;

import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Phase;
import io.berth.engine.Found;
import io.berth.engine.MachineDetail;
import io.berth.engine.MachineView;
import io.berth.engine.Machines;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** Fake VMs. */
public final class FakeMachines implements Machines {
    public final List<MachineView> views = new CopyOnWriteArrayList<>();
    public final List<Failure> silent = new CopyOnWriteArrayList<>();
    public final List<SuspendRequest> suspended = new CopyOnWriteArrayList<>();
    public final List<SuspendRequest> stopped = new CopyOnWriteArrayList<>();
    public final List<StartRequest> started = new CopyOnWriteArrayList<>();
    public final List<ResumeRequest> resumed = new CopyOnWriteArrayList<>();
    public final List<TerminateRequest> terminated = new CopyOnWriteArrayList<>();
    public final List<MigrateRequest> migrated = new CopyOnWriteArrayList<>();
    public final List<MoveDirectoryRequest> moved = new CopyOnWriteArrayList<>();
    public final List<DefinitionChange> changes = new CopyOnWriteArrayList<>();

    /** What comes of an operation on the VM of that name. */
    public BiFunction<String, Watch, Report> outcome = (name, watch) -> Samples.report(name);

    @Override
    public Found<MachineView> list() {
        return new Found<>(views, silent);
    }

    @Override
    public MachineDetail find(String nameOrUuid) {
        return views.stream()
                .filter(view -> view.vm().name().equals(nameOrUuid))
                .findFirst()
                .map(view -> new MachineDetail(
                        view, Optional.of(Samples.PROFILE), Optional.empty(), Optional.empty(), silent))
                .orElseThrow(() -> FakeEngine.unknown("vm.unknown", nameOrUuid));
    }

    @Override
    public Plan planSuspend(SuspendRequest request) {
        return Samples.plan(request.vm());
    }

    @Override
    public Report suspend(SuspendRequest request, Watch watch) {
        suspended.add(request);
        return outcome.apply(request.vm(), watch);
    }

    @Override
    public Plan planStop(SuspendRequest request) {
        return Samples.plan(request.vm());
    }

    @Override
    public Report stop(SuspendRequest request, Watch watch) {
        stopped.add(request);
        return outcome.apply(request.vm(), watch);
    }

    @Override
    public Plan planStart(StartRequest request) {
        return Samples.plan(request.vm());
    }

    @Override
    public Report start(StartRequest request, Watch watch) {
        started.add(request);
        return outcome.apply(request.vm(), watch);
    }

    @Override
    public Plan planResume(ResumeRequest request) {
        return Samples.plan(request.vm());
    }

    @Override
    public Report resume(ResumeRequest request, Watch watch) {
        resumed.add(request);
        return outcome.apply(request.vm(), watch);
    }

    @Override
    public Plan planMigrate(MigrateRequest request) {
        return Samples.plan(request.save().vm());
    }

    @Override
    public Report migrate(MigrateRequest request, Watch watch) {
        migrated.add(request);
        return outcome.apply(request.save().vm(), watch);
    }

    @Override
    public Plan planTerminate(TerminateRequest request) {
        return Samples.plan(request.vm());
    }

    @Override
    public Report terminate(TerminateRequest request, Watch watch) {
        terminated.add(request);
        return outcome.apply(request.vm(), watch);
    }

    @Override
    public Plan planMoveDirectory(MoveDirectoryRequest request) {
        return Samples.plan(request.vm().name());
    }

    @Override
    public Report moveDirectory(MoveDirectoryRequest request, Watch watch) {
        moved.add(request);
        return outcome.apply(request.vm().name(), watch);
    }

    @Override
    public List<DefinitionChange> explain(String nameOrUuid, Phase phase) {
        return changes;
    }
}
