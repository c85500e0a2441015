package io.berth.engine.embedded;

import io.berth.driver.HostRef;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostGuard;
import io.berth.driver.host.HostLinks;
import io.berth.driver.host.HostTransport;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.storage.StorageDriver;
import io.berth.engine.configuration.DatastoreConfiguration;
import io.berth.storage.script.ScriptTrial;
import java.util.List;
import java.util.Set;

/** What an embedded engine is put together from. Thread-safe. */
public interface Parts {
    HostTransport transport();

    /** Begins to connect to these hosts, where that isn't done, and doesn't wait. What fails, a command will tell. */
    void connect(Set<HostRef> hosts);

    HostGuard guard();

    HostDevices devices();

    HostLinks links();

    HypervisorDriver hypervisor(HostRef host);

    /** @param hosts that see it, at least one */
    StorageDriver storage(DatastoreConfiguration datastore, List<HostRef> hosts);

    /**
     * @param hosts that see it, at least one
     * @throws io.berth.driver.Failure {@code datastore.no-scripts} (CALLER) of one that isn't made by scripts
     */
    ScriptTrial scriptTrial(DatastoreConfiguration datastore, List<HostRef> hosts);

    HostSetup setup();
}
