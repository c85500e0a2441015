package io.berth.engine.remote;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.FleetPlan;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.engine.Fleet;
import io.berth.engine.Watch;
import io.berth.engine.wire.Api;

final class RemoteFleet implements Fleet {
    private final Caller caller;
    private final RemoteTasks tasks;

    RemoteFleet(Caller caller, RemoteTasks tasks) {
        this.caller = caller;
        this.tasks = tasks;
    }

    @Override
    public FleetPlan planSuspendAll(SuspendAllRequest request) {
        return caller.call(Api.PLAN_SUSPEND_ALL, request);
    }

    @Override
    public FleetReport suspendAll(SuspendAllRequest request, Watch watch) {
        return tasks.run(Api.SUSPEND_ALL, request, watch);
    }

    @Override
    public FleetPlan planResumeAll(ResumeAllRequest request) {
        return caller.call(Api.PLAN_RESUME_ALL, request);
    }

    @Override
    public FleetReport resumeAll(ResumeAllRequest request, Watch watch) {
        return tasks.run(Api.RESUME_ALL, request, watch);
    }

    @Override
    public FleetPlan planEvacuate(EvacuateRequest request) {
        return caller.call(Api.PLAN_EVACUATE, request);
    }

    @Override
    public FleetReport evacuate(EvacuateRequest request, Watch watch) {
        return tasks.run(Api.EVACUATE, request, watch);
    }
}
