package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.FakeHelperTransport;
import io.berth.storage.files.Records;
import io.berth.storage.hosts.Patience;
import io.berth.tck.StorageWorld;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The ceph driver on fake hosts with a fake cluster. */
final class FakeCephWorld implements StorageWorld {
    private static final String DATASTORE = "ceph";
    private static final Patience SHORT = new Patience(3, Duration.ZERO);

    final FakeCephPrograms programs;
    final FakeHelperTransport transport;
    private final StorageDriver driver;

    FakeCephWorld(AttachWay way) {
        this.programs = new FakeCephPrograms(way);
        this.transport = new FakeHelperTransport(programs);
        this.driver = otherFrontEnd();
    }

    static CephSettings settings() {
        return new CephSettings(
                DATASTORE,
                "/etc/ceph/ceph.conf",
                "berth",
                new CephKey.Keyring("/etc/ceph/berth.keyring"),
                "vms",
                Optional.empty(),
                Optional.empty(),
                List.of(new HostRef("h1"), new HostRef("h2")),
                List.of(AttachWay.values()));
    }

    @Override
    public StorageDriver driver() {
        return driver;
    }

    @Override
    public StorageDriver otherFrontEnd() {
        return driverOver(transport);
    }

    StorageDriver driverOver(HostTransport way) {
        return new CephStorage(settings(), way, Clock.systemUTC(), SHORT, SHORT);
    }

    @Override
    public String datastore() {
        return DATASTORE;
    }

    @Override
    public HostRef first() {
        return new HostRef("h1");
    }

    @Override
    public HostRef second() {
        return new HostRef("h2");
    }

    @Override
    public Call call(OperationId operation) {
        return Call.of(new FencingToken(Records.VM, 1, operation));
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        return new DataSize(programs.on(host).size(node(host, device)));
    }

    @Override
    public void write(HostRef host, DevicePath device, long offset, byte[] bytes) {
        image(host, device).write(offset, bytes);
    }

    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        return image(host, device).read(offset, length);
    }

    @Override
    public Holder hold(HostRef host, DevicePath device) {
        var node = node(host, device);
        node.holders++;
        return () -> node.holders--;
    }

    private FakeCephHost.Device node(HostRef host, DevicePath device) {
        return programs.on(host)
                .device(device.path())
                .orElseThrow(() -> new AssertionError("no " + device + " on " + host));
    }

    private FakeImage image(HostRef host, DevicePath device) {
        var node = node(host, device);
        if (programs.cluster.refused.contains(node.client)) {
            throw new IllegalStateException("input/output error on " + device);
        }
        return image(node.image);
    }

    FakeImage image(String name) {
        return Optional.ofNullable(programs.cluster.images.get(name))
                .orElseThrow(() -> new AssertionError("no image " + name));
    }

    @Override
    public void litter() {
        for (var name :
                List.of("one-sys-7-checkpoint", "berth", "berth.", "berth.a", "berth.a.b", "berth.-ab", "x.ab")) {
            programs.cluster.images.put(name, new FakeImage(1 << 20));
        }
        for (var key : List.of("notes", "berth-1/g00.complete", "berth-1/g1.done", "berth-2/record", "$(x)/record")) {
            programs.cluster.entries.put(key, "nothing of yours".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void damageRecord(VolumeRef volume) {
        programs.cluster.entries.computeIfPresent(volume.name() + "/record", (key, value) -> {
            var damaged = value.clone();
            damaged[damaged.length / 2] ^= 1;
            return damaged;
        });
    }

    @Override
    public void close() {}
}
