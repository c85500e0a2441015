package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.world.Content;
import io.berth.simulator.world.Extent;
import io.berth.simulator.world.Image;
import io.berth.simulator.world.Job;
import io.berth.simulator.world.SimulatedDatastore;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.SimulatedVolume;
import io.berth.simulator.world.World;
import io.berth.tck.StorageWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The simulated storage as the published suite wants it. The world knows no bytes, only images; bytes are kept beside
 * it here, for as long as the stretch of storage has any content.
 */
final class SimulatedStorageWorld implements StorageWorld {
    private static final String DATASTORE = "simulated";
    private static final VmRef VM = new VmRef(new UUID(1, 2), "guest");

    private final World world = new World(1, true);
    private final SimulatedHost first = world.addHost("h1", DataSize.ofMebibytes(1024));
    private final SimulatedHost second = world.addHost("h2", DataSize.ofMebibytes(1024));
    private final SimulatedDatastore datastore;
    private final StorageDriver driver;
    private final Map<Extent, byte[]> bytes = new HashMap<>();

    SimulatedStorageWorld(StorageCapabilities capabilities) {
        datastore = world.addDatastore(DATASTORE, capabilities);
        // The suite takes real time for what it is.
        world.pass(Duration.between(world.clock().instant(), Instant.now()));
        driver = newDriver(1);
    }

    private StorageDriver newDriver(int pid) {
        var calls = new Calls(new Boundary(world, Injector.none(), () -> {}), new EngineProcess(pid));
        return OneAtATime.of(new SimulatedStorageDriver(datastore, calls), world);
    }

    @Override
    public StorageDriver driver() {
        return driver;
    }

    @Override
    public StorageDriver otherFrontEnd() {
        return newDriver(2);
    }

    @Override
    public String datastore() {
        return DATASTORE;
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
    public Call call(OperationId operation) {
        return Call.of(new FencingToken(VM, 1, operation));
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        return volume(host, device).size();
    }

    @Override
    public void write(HostRef host, DevicePath device, long offset, byte[] written) {
        var extent = volume(host, device).extent();
        var end = (int) offset + written.length;
        var all = Arrays.copyOf(content(extent), Math.max(end, content(extent).length));
        System.arraycopy(written, 0, all, (int) offset, written.length);
        bytes.put(extent, all);
        extent.overwrite(world.host(host), Content.finished(new Image(VM, "", 0, 0, all.length, true, false)));
    }

    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        var there = content(volume(host, device).extent());
        var from = (int) Math.min(offset, there.length);
        var to = (int) Math.min(offset + length, there.length);
        return Arrays.copyOf(Arrays.copyOfRange(there, from, to), length);
    }

    private byte[] content(Extent extent) {
        return extent.written().equals(Content.NOTHING) ? new byte[0] : bytes.getOrDefault(extent, new byte[0]);
    }

    private SimulatedVolume volume(HostRef host, DevicePath device) {
        return SimulatedDevices.volume(world, world.host(host), device);
    }

    @Override
    public Holder hold(HostRef host, DevicePath device) {
        var there = world.host(host);
        var job = new Job(
                Job.Kind.STREAM,
                VM,
                new OperationId("someholder"),
                volume(host, device).ref(),
                Instant.MAX,
                () -> {});
        there.jobs().add(job);
        return () -> there.jobs().remove(job);
    }

    /** A simulated datastore holds nothing but volumes. */
    @Override
    public void litter() {}

    @Override
    public void damageRecord(VolumeRef volume) {
        datastore.damageRecord(volume);
    }

    @Override
    public void close() {}
}
