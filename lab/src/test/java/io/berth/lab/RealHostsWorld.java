package io.berth.lab;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.tck.StorageWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Two of the lab's hosts, whose devices are touched by programs on them and never through the driver. */
abstract class RealHostsWorld implements StorageWorld {
    private final Lab lab;

    RealHostsWorld(Lab lab) {
        this.lab = lab;
    }

    final Lab lab() {
        return lab;
    }

    @Override
    public HostRef first() {
        return Site.H1;
    }

    @Override
    public HostRef second() {
        return Site.H2;
    }

    /** Each operation is about a VM of its own: the guard lets one command for a VM run at a time. */
    @Override
    public Call call(OperationId operation) {
        var uuid = UUID.nameUUIDFromBytes(operation.id().getBytes(StandardCharsets.UTF_8));
        var vm = new VmRef(uuid, "storage \"suite\"");
        return Call.of(new FencingToken(vm, 1, operation));
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        var ask = device.path().startsWith("/dev/")
                ? List.of("blockdev", "--getsize64", device.path())
                : List.of("stat", "--format=%s", device.path());
        var shown = lab.in(host.name(), ask.toArray(String[]::new)).orFail();
        return new DataSize(Long.parseLong(shown.output()));
    }

    @Override
    public void write(HostRef host, DevicePath device, long offset, byte[] bytes) {
        lab.in(
                        host.name(),
                        bytes,
                        List.of(
                                "dd",
                                "of=" + device,
                                "bs=" + bytes.length,
                                "iflag=fullblock",
                                "oflag=direct,seek_bytes",
                                "seek=" + offset,
                                "conv=notrunc,fsync"))
                .orFail();
    }

    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        return lab.in(
                        host.name(),
                        "dd",
                        "if=" + device,
                        "bs=" + length,
                        "count=1",
                        "iflag=direct,skip_bytes,fullblock",
                        "skip=" + offset)
                .orFail()
                .bytes();
    }

    /** Ends with its input: killing what entered the host's namespaces wouldn't kill what runs in there. */
    @Override
    public Holder hold(HostRef host, DevicePath device) {
        var holder = lab.startIn(host.name(), "sh", "-c", "exec 9<\"$1\"; echo held; exec cat", "sh", device.path());
        try {
            if (holder.getInputStream().read() != 'h') {
                throw new AssertionError(device + " can't be opened on " + host);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return () -> {
            try {
                holder.getOutputStream().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            holder.onExit().join();
        };
    }
}
