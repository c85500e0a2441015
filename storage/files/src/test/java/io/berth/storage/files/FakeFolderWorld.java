package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.Patience;
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
import java.util.function.UnaryOperator;

/** A driver over a {@link FakeHelperTransport} and a folder of its own. */
public abstract class FakeFolderWorld implements StorageWorld {
    private static final String DATASTORE = "local";
    private static final Patience SHORT = new Patience(3, Duration.ZERO);

    public final FakeHelperTransport transport;
    public final Path folder;
    private final HostTransport used;
    private final FolderSettings settings;
    private final Maker maker;
    private final StorageDriver driver;

    /** Makes the driver under test. */
    @FunctionalInterface
    public interface Maker {
        StorageDriver make(FolderSettings settings, HostTransport transport, Clock clock, Patience patience);
    }

    /** @param change what is built in between driver and hosts */
    protected FakeFolderWorld(FakePrograms programs, UnaryOperator<HostTransport> change, Maker maker) {
        this.transport = new FakeHelperTransport(programs);
        this.used = change.apply(transport);
        this.maker = maker;
        try {
            folder = Files.createTempDirectory("berth datastore ").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings = new FolderSettings(DATASTORE, folder.toString(), List.of(new HostRef("h1"), new HostRef("h2")));
        driver = otherFrontEnd();
    }

    /** What is behind the device on that host. */
    protected abstract Path file(HostRef host, DevicePath device);

    @Override
    public final StorageDriver driver() {
        return driver;
    }

    @Override
    public final StorageDriver otherFrontEnd() {
        return maker.make(settings, used, Clock.systemUTC(), SHORT);
    }

    @Override
    public final String datastore() {
        return DATASTORE;
    }

    @Override
    public final HostRef first() {
        return settings.hosts().getFirst();
    }

    @Override
    public final HostRef second() {
        return settings.hosts().getLast();
    }

    @Override
    public final Call call(OperationId operation) {
        return Call.of(new FencingToken(Records.VM, 1, operation));
    }

    @Override
    public final void write(HostRef host, DevicePath device, long offset, byte[] bytes) {
        try (var file = new RandomAccessFile(file(host, device).toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public final byte[] read(HostRef host, DevicePath device, long offset, int length) {
        try (var file = new RandomAccessFile(file(host, device).toFile(), "r")) {
            var bytes = new byte[length];
            file.seek(offset);
            file.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public final void litter() {
        Litter.leaveIn(folder);
    }

    @Override
    public final void damageRecord(VolumeRef volume) {
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
}
