package io.berth.engine.remote;

import io.berth.engine.ScriptTest;
import io.berth.engine.StorageScripts;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Asked.ByName;

final class RemoteScripts implements StorageScripts {
    private final Caller caller;

    RemoteScripts(Caller caller) {
        this.caller = caller;
    }

    @Override
    public ScriptTest test(String datastore) {
        return caller.call(Api.TEST_SCRIPTS, new ByName(datastore));
    }
}
