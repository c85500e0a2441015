package io.berth.engine.remote;

import io.berth.engine.DatastoreCheck;
import io.berth.engine.DatastoreView;
import io.berth.engine.Datastores;
import io.berth.engine.Found;
import io.berth.engine.Watch;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Asked.Nothing;
import io.berth.engine.wire.Asked.OneDatastore;

final class RemoteDatastores implements Datastores {
    private final Caller caller;
    private final RemoteTasks tasks;

    RemoteDatastores(Caller caller, RemoteTasks tasks) {
        this.caller = caller;
        this.tasks = tasks;
    }

    @Override
    public Found<DatastoreView> list() {
        return caller.call(Api.DATASTORES, new Nothing());
    }

    @Override
    public DatastoreCheck check(String datastore, Watch watch) {
        return tasks.run(Api.CHECK_DATASTORE, new OneDatastore(datastore), watch);
    }
}
