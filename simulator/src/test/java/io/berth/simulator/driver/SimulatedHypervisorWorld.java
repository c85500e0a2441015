package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.world.Content;
import io.berth.simulator.world.SimulatedDatastore;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.SimulatedVolume;
import io.berth.simulator.world.World;
import io.berth.tck.HypervisorWorld;
import java.time.Duration;

/** The simulated hypervisor as the published suite wants it. That a guest runs with wrong memory, the world notices. */
final class SimulatedHypervisorWorld implements HypervisorWorld {
    private static final DataSize MEMORY = DataSize.ofMebibytes(64);
    private static final Duration SOME_TICKS = Duration.ofSeconds(1);

    private final World world = new World(1, true);
    private final SimulatedHost first = world.addHost("h1", DataSize.ofMebibytes(1024));
    private final SimulatedHost second = world.addHost("h2", DataSize.ofMebibytes(1024));
    private final SimulatedDatastore datastore =
            world.addDatastore("simulated", new StorageCapabilities(true, true, true, true, true));
    private final HypervisorDriver driver = new SimulatedHypervisorDriver(
            new Calls(new Boundary(world, Injector.none(), () -> {}), new EngineProcess(1)));
    private int guests;
    private int devices;

    @Override
    public HypervisorDriver driver() {
        return driver;
    }

    @Override
    public HostRef first() {
        return first.ref();
    }

    @Override
    public HostRef second() {
        return second.ref();
    }

    @Override
    public Call call(VmRef vm) {
        return Call.of(new FencingToken(vm, 1, new OperationId("operation")));
    }

    @Override
    public VmRef startGuest(Kind kind) {
        var guest = world.addGuest("guest-" + ++guests, MEMORY, MEMORY.bytes() / 4);
        world.boot(guest, first, kind == Kind.PERSISTENT);
        return guest.vm();
    }

    @Override
    public Pulse pulse(VmRef vm) {
        var guest = world.guest(vm.uuid());
        return new Pulse(Long.toHexString(guest.nonce()), guest.diskTicks());
    }

    @Override
    public Pulse awaitTick(VmRef vm) {
        if (isSilent(vm)) {
            throw new AssertionError(vm + " doesn't tick");
        }
        return pulse(vm);
    }

    @Override
    public boolean isSilent(VmRef vm) {
        var before = pulse(vm);
        world.pass(SOME_TICKS);
        return pulse(vm).equals(before);
    }

    @Override
    public SharedDevice device(DataSize size) {
        var volume = datastore.create(new VolumeRef(datastore.name(), "device-" + ++devices), size);
        first.attach(volume.ref());
        second.attach(volume.ref());
        return new Device(volume);
    }

    @Override
    public void leavePartialImage(SharedDevice device, VmRef vm) {
        var extent = SimulatedDevices.volume(world, first, device.on(first())).extent();
        var image = extent.written().image().orElseThrow();
        extent.overwrite(first, Content.unfinished(image));
    }

    @Override
    public void close() {
        if (!world.breaches().isEmpty()) {
            throw new AssertionError(world.breaches() + "\n" + String.join("\n", world.story()));
        }
    }

    /** A volume that both hosts have attached. */
    private final class Device implements SharedDevice {
        private final SimulatedVolume volume;

        Device(SimulatedVolume volume) {
            this.volume = volume;
        }

        @Override
        public DataSize size() {
            return volume.size();
        }

        @Override
        public DevicePath on(HostRef host) {
            var there = world.host(host);
            there.dropCache(volume.extent());
            return there.device(volume.ref()).orElseThrow();
        }
    }
}
