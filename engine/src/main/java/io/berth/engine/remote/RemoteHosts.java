package io.berth.engine.remote;

import io.berth.driver.HostRef;
import io.berth.engine.HostCheck;
import io.berth.engine.HostView;
import io.berth.engine.Hosts;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Asked.AddHost;
import io.berth.engine.wire.Asked.Nothing;
import io.berth.engine.wire.Asked.OneHost;
import io.berth.engine.wire.Asked.RemoveHost;
import java.util.List;

final class RemoteHosts implements Hosts {
    private final Caller caller;

    RemoteHosts(Caller caller) {
        this.caller = caller;
    }

    @Override
    public List<HostView> list() {
        return caller.call(Api.HOSTS, new Nothing());
    }

    @Override
    public void add(HostRef host, String address) {
        caller.call(Api.ADD_HOST, new AddHost(host, address));
    }

    @Override
    public HostCheck check(HostRef host) {
        return caller.call(Api.CHECK_HOST, new OneHost(host));
    }

    @Override
    public void remove(HostRef host, boolean onlyForget) {
        caller.call(Api.REMOVE_HOST, new RemoveHost(host, onlyForget));
    }
}
