package io.berth.simulator.driver;

import io.berth.core.Drivers;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostGuard;
import io.berth.driver.host.HostLinks;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.storage.StorageDriver;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineProcess;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** One engine's drivers over the simulated world; they die with the engine. */
public final class SimulatedDrivers implements Drivers {
    private final Calls calls;
    private final HypervisorDriver hypervisor;
    private final HostGuard guard;
    private final HostDevices devices;
    private final HostLinks links;

    public SimulatedDrivers(Boundary boundary, EngineProcess engine) {
        this.calls = new Calls(boundary, engine);
        this.hypervisor = new SimulatedHypervisorDriver(calls);
        this.guard = new SimulatedGuard(calls);
        this.devices = new SimulatedDevices(calls);
        this.links = new SimulatedLinks(calls);
    }

    @Override
    public StorageDriver storage(String datastore) {
        return new SimulatedStorageDriver(calls.world().datastore(datastore), calls);
    }

    @Override
    public SortedMap<String, StorageDriver> datastores() {
        var all = new TreeMap<String, StorageDriver>();
        calls.world().datastores().forEach(datastore -> all.put(datastore.name(), storage(datastore.name())));
        return all;
    }

    @Override
    public HypervisorDriver hypervisor(HostRef host) {
        calls.world().host(host);
        return hypervisor;
    }

    @Override
    public SortedSet<HostRef> hosts() {
        return calls.world().hostRefs();
    }

    @Override
    public HostGuard guard() {
        return guard;
    }

    @Override
    public HostDevices devices() {
        return devices;
    }

    @Override
    public HostLinks links() {
        return links;
    }
}
