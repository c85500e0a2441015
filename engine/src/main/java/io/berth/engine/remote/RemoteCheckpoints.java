package io.berth.engine.remote;

import io.berth.core.operation.AdoptRequest;
import io.berth.core.plan.Plan;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.engine.Checkpoints;
import io.berth.engine.Found;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Asked.ByName;
import io.berth.engine.wire.Asked.Delete;
import io.berth.engine.wire.Asked.Nothing;
import io.berth.engine.wire.Asked.Verify;
import java.util.Optional;

final class RemoteCheckpoints implements Checkpoints {
    private final Caller caller;
    private final RemoteTasks tasks;

    RemoteCheckpoints(Caller caller, RemoteTasks tasks) {
        this.caller = caller;
        this.tasks = tasks;
    }

    @Override
    public Found<Entry> list() {
        return caller.call(Api.CHECKPOINTS, new Nothing());
    }

    @Override
    public Entry find(String nameOrVm) {
        return caller.call(Api.CHECKPOINT, new ByName(nameOrVm));
    }

    @Override
    public Plan planVerify(String nameOrVm, Optional<HostRef> at, boolean whole) {
        return caller.plan(Api.VERIFY, new Verify(nameOrVm, at, whole));
    }

    @Override
    public Report verify(String nameOrVm, Optional<HostRef> at, boolean whole, Watch watch) {
        return tasks.run(Api.VERIFY, new Verify(nameOrVm, at, whole), watch);
    }

    @Override
    public Plan planAdopt(AdoptRequest request) {
        return caller.plan(Api.ADOPT, request);
    }

    @Override
    public Report adopt(AdoptRequest request, Watch watch) {
        return tasks.run(Api.ADOPT, request, watch);
    }

    @Override
    public Plan planDelete(String nameOrVm, boolean losesMemory) {
        return caller.plan(Api.DELETE_CHECKPOINT, new Delete(nameOrVm, losesMemory));
    }

    @Override
    public Report delete(String nameOrVm, boolean losesMemory, Watch watch) {
        return tasks.run(Api.DELETE_CHECKPOINT, new Delete(nameOrVm, losesMemory), watch);
    }
}
