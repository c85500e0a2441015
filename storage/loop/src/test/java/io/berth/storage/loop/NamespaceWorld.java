package io.berth.storage.loop;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.FolderSettings;
import io.berth.storage.files.Litter;
import io.berth.storage.files.Records;
import io.berth.storage.hosts.LoopDeviceList;
import io.berth.storage.hosts.Patience;
import io.berth.tck.StorageWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The loop driver over real loop devices, real programs and the real helper, on {@link NamespaceHost}s. */
final class NamespaceWorld implements StorageWorld, HostTransport {
    private static final String DATASTORE = "local";

    private final Map<HostRef, NamespaceHost> hosts;
    private final String helper;
    private final Path folder;
    private final FolderSettings settings;
    private final StorageDriver driver;

    NamespaceWorld(NamespaceHost first, NamespaceHost second, Path helper) throws IOException {
        hosts = Map.of(new HostRef("h1"), first, new HostRef("h2"), second);
        this.helper = helper.toString();
        folder = Files.createTempDirectory(Path.of("/var/tmp"), "berth loop ").toRealPath();
        settings = new FolderSettings(DATASTORE, folder.toString(), List.of(first(), second()));
        driver = otherFrontEnd();
    }

    /** The guard is left out: it is the transport's. */
    @Override
    public CommandResult run(HostRef host, HostCommand command) {
        var argv = new ArrayList<>(command.argv());
        if (argv.getFirst().equals(HostCommand.HELPER)) {
            argv.set(0, helper);
        }
        var result = on(host).run(argv, command.stdin());
        List.of(result.output().split("\n")).forEach(command.outputLines());
        return result;
    }

    private NamespaceHost on(HostRef host) {
        var found = hosts.get(host);
        if (found == null) {
            throw new AssertionError("no host " + host);
        }
        return found;
    }

    @Override
    public StorageDriver driver() {
        return driver;
    }

    @Override
    public StorageDriver otherFrontEnd() {
        return new LoopStorage(settings, this, Clock.systemUTC(), new Patience(20, Duration.ofMillis(25)));
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
        var shown = on(host).run(List.of("blockdev", "--getsize64", device.path()), new byte[0]);
        return new DataSize(Long.parseLong(shown.output().strip()));
    }

    @Override
    public void write(HostRef host, DevicePath device, long offset, byte[] bytes) {
        var result = on(host).run(
                        List.of(
                                "dd",
                                "of=" + device,
                                "bs=" + bytes.length,
                                "iflag=fullblock",
                                "oflag=direct,seek_bytes",
                                "seek=" + offset,
                                "conv=notrunc,fsync"),
                        bytes);
        if (!result.succeeded()) {
            throw new AssertionError(result.errorOutput());
        }
    }

    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        return on(host).output(List.of(
                "dd",
                "if=" + device,
                "bs=" + length,
                "count=1",
                "iflag=direct,skip_bytes,fullblock",
                "skip=" + offset));
    }

    @Override
    public Holder hold(HostRef host, DevicePath device) {
        try {
            var process =
                    on(host).start(List.of("sh", "-c", "exec 9<\"$1\"; echo held; exec cat", "sh", device.path()));
            return () -> process.destroyForcibly().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        for (var host : hosts.values()) {
            var listed = host.run(
                    List.of("losetup", "--list", "--raw", "--noheadings", "--output", "NAME,AUTOCLEAR,BACK-FILE"),
                    new byte[0]);
            LoopDeviceList.parse(listed.output()).stream()
                    .filter(device -> device.file().startsWith(folder + "/"))
                    .forEach(device -> host.run(
                            List.of("losetup", "--detach", device.path().path()), new byte[0]));
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
