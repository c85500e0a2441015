package io.berth.storage.directory;

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
import io.berth.storage.files.FolderSettings;
import io.berth.storage.files.Litter;
import io.berth.storage.files.Patience;
import io.berth.storage.files.Records;
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

/** The directory driver over a {@link FakeHelperTransport} and a folder of its own. */
final class FakeWorld implements StorageWorld {
    private static final String DATASTORE = "plain";
    private static final Patience SHORT = new Patience(3, Duration.ZERO);

    final FakeMarks marks = new FakeMarks();
    final FakeHelperTransport transport = new FakeHelperTransport(marks);
    final Path folder;
    private final HostTransport used;
    private final FolderSettings settings;
    private final DirectoryStorage driver;

    FakeWorld() {
        this(sound -> sound);
    }

    /** @param change what is built in between driver and hosts */
    FakeWorld(UnaryOperator<HostTransport> change) {
        used = change.apply(transport);
        try {
            folder = Files.createTempDirectory("berth directory ").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings = new FolderSettings(DATASTORE, folder.toString(), List.of(new HostRef("h1"), new HostRef("h2")));
        driver = newDriver();
    }

    private DirectoryStorage newDriver() {
        return new DirectoryStorage(settings, used, Clock.systemUTC(), SHORT);
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
        return Call.of(new FencingToken(Records.VM, 1, operation));
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        try {
            return new DataSize(Files.size(Path.of(device.path())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(HostRef host, DevicePath device, long offset, byte[] bytes) {
        try (var file = new RandomAccessFile(device.path(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        try (var file = new RandomAccessFile(device.path(), "r")) {
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
        marks.hold(host, device.path(), 1);
        return () -> marks.hold(host, device.path(), -1);
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
}
