package io.berth.simulator.mutation;

import io.berth.core.Drivers;
import io.berth.core.operation.Wiring;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostGuard;
import io.berth.driver.host.HostLinks;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.storage.StorageDriver;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.World;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;

/** Takes a VM over without telling the hosts. */
final class GuardNotRaised implements Variation {
    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.drivers(wiring, new Quiet(wiring.drivers()));
    }

    private record QuietGuard(HostGuard sound) implements HostGuard {
        @Override
        public State raise(HostRef host, FencingToken token) {
            return sound.read(host, token.vm().uuid());
        }

        @Override
        public void evict(HostRef host, FencingToken token) {}

        @Override
        public State read(HostRef host, UUID vm) {
            return sound.read(host, vm);
        }
    }

    private record Quiet(Drivers sound) implements Drivers {
        @Override
        public HostGuard guard() {
            return new QuietGuard(sound.guard());
        }

        @Override
        public StorageDriver storage(String datastore) {
            return sound.storage(datastore);
        }

        @Override
        public SortedMap<String, StorageDriver> datastores() {
            return sound.datastores();
        }

        @Override
        public HypervisorDriver hypervisor(HostRef host) {
            return sound.hypervisor(host);
        }

        @Override
        public SortedSet<HostRef> hosts() {
            return sound.hosts();
        }

        @Override
        public HostDevices devices() {
            return sound.devices();
        }

        @Override
        public HostLinks links() {
            return sound.links();
        }
    }
}
