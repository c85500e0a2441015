package io.berth.storage.loop;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostTransport;
import io.berth.storage.files.FakeFolderWorld;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The loop driver on hosts whose kernel is faked. */
final class FakeWorld extends FakeFolderWorld {
    final FakeLoopPrograms programs;

    FakeWorld() {
        this(sound -> sound);
    }

    /** @param change what is built in between driver and hosts */
    FakeWorld(UnaryOperator<HostTransport> change) {
        this(new FakeLoopPrograms(), change);
    }

    private FakeWorld(FakeLoopPrograms programs, UnaryOperator<HostTransport> change) {
        super(programs, change, LoopStorage::new);
        this.programs = programs;
    }

    @Override
    protected Path file(HostRef host, DevicePath device) {
        return node(host, device).file;
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        return new DataSize(node(host, device).size);
    }

    @Override
    public Holder hold(HostRef host, DevicePath device) {
        var held = node(host, device);
        held.holders++;
        return () -> programs.kernel.release(held);
    }

    private FakeKernel.Device node(HostRef host, DevicePath device) {
        return programs.kernel
                .node(host.name(), device.path())
                .orElseThrow(() -> new AssertionError("no " + device + " on " + host));
    }
}
