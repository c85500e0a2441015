package io.berth.engine.remote;

import io.berth.core.journal.OperationEntry;
import io.berth.core.operation.Leftover;
import io.berth.core.operation.Recovered;
import io.berth.driver.HostRef;
import io.berth.engine.Finding;
import io.berth.engine.Found;
import io.berth.engine.Upkeep;
import io.berth.engine.Watch;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Asked.Garbage;
import io.berth.engine.wire.Asked.Nothing;
import io.berth.engine.wire.Asked.Recover;
import java.util.List;
import java.util.Set;

final class RemoteUpkeep implements Upkeep {
    private final Caller caller;
    private final RemoteTasks tasks;

    RemoteUpkeep(Caller caller, RemoteTasks tasks) {
        this.caller = caller;
        this.tasks = tasks;
    }

    @Override
    public List<OperationEntry> unfinished() {
        return caller.call(Api.UNFINISHED, new Nothing());
    }

    @Override
    public List<Recovered> recover(Set<HostRef> deadHosts, Watch watch) {
        return tasks.run(Api.RECOVER, new Recover(deadHosts), watch);
    }

    @Override
    public List<String> rebuild() {
        return caller.call(Api.REBUILD, new Nothing());
    }

    @Override
    public List<Finding> examine() {
        return caller.call(Api.EXAMINE, new Nothing());
    }

    @Override
    public Found<Leftover> collectGarbage(boolean delete) {
        return caller.call(Api.GARBAGE, new Garbage(delete));
    }
}
