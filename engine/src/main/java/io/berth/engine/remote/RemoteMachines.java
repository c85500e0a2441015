package io.berth.engine.remote;

import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.plan.Plan;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Phase;
import io.berth.engine.Found;
import io.berth.engine.MachineDetail;
import io.berth.engine.MachineView;
import io.berth.engine.Machines;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Asked.ByName;
import io.berth.engine.wire.Asked.Explain;
import io.berth.engine.wire.Asked.Nothing;
import java.util.List;

final class RemoteMachines implements Machines {
    private final Caller caller;
    private final RemoteTasks tasks;

    RemoteMachines(Caller caller, RemoteTasks tasks) {
        this.caller = caller;
        this.tasks = tasks;
    }

    @Override
    public Found<MachineView> list() {
        return caller.call(Api.MACHINES, new Nothing());
    }

    @Override
    public MachineDetail find(String nameOrUuid) {
        return caller.call(Api.MACHINE, new ByName(nameOrUuid));
    }

    @Override
    public Plan planSuspend(SuspendRequest request) {
        return caller.plan(Api.SUSPEND, request);
    }

    @Override
    public Report suspend(SuspendRequest request, Watch watch) {
        return tasks.run(Api.SUSPEND, request, watch);
    }

    @Override
    public Plan planStop(SuspendRequest request) {
        return caller.plan(Api.STOP, request);
    }

    @Override
    public Report stop(SuspendRequest request, Watch watch) {
        return tasks.run(Api.STOP, request, watch);
    }

    @Override
    public Plan planStart(StartRequest request) {
        return caller.plan(Api.START, request);
    }

    @Override
    public Report start(StartRequest request, Watch watch) {
        return tasks.run(Api.START, request, watch);
    }

    @Override
    public Plan planResume(ResumeRequest request) {
        return caller.plan(Api.RESUME, request);
    }

    @Override
    public Report resume(ResumeRequest request, Watch watch) {
        return tasks.run(Api.RESUME, request, watch);
    }

    @Override
    public Plan planMigrate(MigrateRequest request) {
        return caller.plan(Api.MIGRATE, request);
    }

    @Override
    public Report migrate(MigrateRequest request, Watch watch) {
        return tasks.run(Api.MIGRATE, request, watch);
    }

    @Override
    public Plan planTerminate(TerminateRequest request) {
        return caller.plan(Api.TERMINATE, request);
    }

    @Override
    public Report terminate(TerminateRequest request, Watch watch) {
        return tasks.run(Api.TERMINATE, request, watch);
    }

    @Override
    public Plan planMoveDirectory(MoveDirectoryRequest request) {
        return caller.plan(Api.MOVE_DIRECTORY, request);
    }

    @Override
    public Report moveDirectory(MoveDirectoryRequest request, Watch watch) {
        return tasks.run(Api.MOVE_DIRECTORY, request, watch);
    }

    @Override
    public List<DefinitionChange> explain(String nameOrUuid, Phase phase) {
        return caller.call(Api.EXPLAIN, new Explain(nameOrUuid, phase));
    }
}
