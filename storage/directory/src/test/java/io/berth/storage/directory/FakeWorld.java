package io.berth.storage.directory;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostTransport;
import io.berth.storage.files.FakeFolderWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The directory driver on hosts whose marks are faked. */
final class FakeWorld extends FakeFolderWorld {
    final FakeMarks marks;

    FakeWorld() {
        this(sound -> sound);
    }

    /** @param change what is built in between driver and hosts */
    FakeWorld(UnaryOperator<HostTransport> change) {
        this(new FakeMarks(), change);
    }

    private FakeWorld(FakeMarks marks, UnaryOperator<HostTransport> change) {
        super(marks, change, DirectoryStorage::new);
        this.marks = marks;
    }

    @Override
    protected Path file(HostRef host, DevicePath device) {
        return Path.of(device.path());
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        try {
            return new DataSize(Files.size(file(host, device)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Holder hold(HostRef host, DevicePath device) {
        marks.hold(host, device.path(), 1);
        return () -> marks.hold(host, device.path(), -1);
    }
}
