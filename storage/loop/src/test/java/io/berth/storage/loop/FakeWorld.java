package io.berth.storage.loop;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.common.Patience;
import io.berth.tck.StorageWorld;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The loop driver over a {@link FakeHelperTransport} and a folder of its own. */
final class FakeWorld implements StorageWorld {
    static final VmRef VM = new VmRef(UUID.fromString("d9c0f7a2-1111-4222-8333-444455556666"), "guest");
    private static final String DATASTORE = "local";
    private static final Patience SHORT = new Patience(3, Duration.ZERO);

    final FakeHelperTransport transport = new FakeHelperTransport();
    final Path folder;
    private final HostTransport used;
    private final LoopSettings settings;
    private final LoopStorage driver;

    FakeWorld() {
        this(sound -> sound);
    }

    /** @param change what is built in between driver and hosts */
    FakeWorld(UnaryOperator<HostTransport> change) {
        used = change.apply(transport);
        try {
            folder = Files.createTempDirectory("berth loop ").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings = new LoopSettings(DATASTORE, folder.toString(), List.of(new HostRef("h1"), new HostRef("h2")));
        driver = newDriver();
    }

    private LoopStorage newDriver() {
        return new LoopStorage(settings, used, Clock.systemUTC(), SHORT);
    }

    @Override
    public StorageDriver driver() {
        return driver;
    }

    @Override
    public StorageDriver otherFrontEnd() {
        return newDriver();
    }

    @Override
    public String datastore() {
        return DATASTORE;
    }

    @Override
    public HostRef first() {
        return settings.hosts().getFirst();
    }

    @Override
    public HostRef second() {
        return settings.hosts().getLast();
    }

    @Override
    public Call call(OperationId operation) {
        return Call.of(new FencingToken(VM, 1, operation));
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        return new DataSize(node(host, device).size);
    }

    @Override
    public void write(HostRef host, DevicePath device, long offset, byte[] bytes) {
        try (var file = new RandomAccessFile(node(host, device).file.toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        try (var file = new RandomAccessFile(node(host, device).file.toFile(), "r")) {
            var bytes = new byte[length];
            file.seek(offset);
            file.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Holder hold(HostRef host, DevicePath device) {
        var held = node(host, device);
        held.holders++;
        return () -> transport.kernel.release(held);
    }

    @Override
    public void litter() {
        Litter.leaveIn(folder);
    }

    @Override
    public void damageRecord(VolumeRef volume) {
        Litter.flipOneBit(folder.resolve(volume.name() + ".record"));
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FakeKernel.Device node(HostRef host, DevicePath device) {
        return transport
                .kernel
                .node(host.name(), device.path())
                .orElseThrow(() -> new AssertionError("no " + device + " on " + host));
    }
}
