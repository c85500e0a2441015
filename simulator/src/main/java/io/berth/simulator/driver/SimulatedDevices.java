package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostDevices;
import io.berth.driver.storage.StagingFile;
import io.berth.driver.storage.VmDirectory;
import io.berth.simulator.world.Content;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedDirectory;
import io.berth.simulator.world.SimulatedFolders;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.SimulatedVolume;
import io.berth.simulator.world.World;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Block devices of simulated hosts. */
final class SimulatedDevices implements HostDevices {
    /** Of every disk in a VM directory. */
    private static final DataSize DISK = DataSize.ofMebibytes(200);

    private final Calls calls;

    SimulatedDevices(Calls calls) {
        this.calls = calls;
    }

    /** What is behind a device now, which needn't be what was behind it once. */
    static SimulatedVolume volume(World world, SimulatedHost host, DevicePath device) {
        var ref = host.devices().get(device);
        return Optional.ofNullable(ref)
                .flatMap(world::volume)
                .or(() -> staged(world, host)
                        .filter(entry -> SimulatedFolders.path(entry.getKey()).equals(device))
                        .<SimulatedVolume>map(Map.Entry::getValue)
                        .findFirst())
                .orElseThrow(() -> Failure.of(FailureKind.STORAGE, "device.absent", "there is no device " + device)
                        .host(host.ref())
                        .next("attach the volume again")
                        .build());
    }

    private static Stream<Map.Entry<StagingFile, SimulatedVolume>> staged(World world, SimulatedHost host) {
        return world.folders().flatMap(folders -> folders.staged(host.ref()).entrySet().stream());
    }

    /** Whether what is being written to still is where the host can write to it. */
    static boolean isWithin(World world, SimulatedHost host, SimulatedVolume volume) {
        return host.device(volume.ref()).isPresent()
                || staged(world, host).anyMatch(entry -> entry.getValue() == volume);
    }

    private SimulatedVolume volume(SimulatedHost host, DevicePath device) {
        return volume(calls.world(), host, device);
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        return calls.look(
                host,
                "devices.size",
                there -> Guest.directoryOf(device.path())
                        .map(home -> disk(host, home))
                        .orElseGet(() -> volume(there, device).size()));
    }

    private DataSize disk(HostRef host, VmDirectory directory) {
        var _ = directory(host, directory);
        return DISK;
    }

    private SimulatedDirectory directory(HostRef host, VmDirectory home) {
        return calls.world()
                .folders(home)
                .flatMap(folders -> folders.find(host, home.name()))
                .orElseThrow(() -> Failure.of(FailureKind.ENVIRONMENT, "host.absent", "there is no disk in " + home)
                        .host(host)
                        .next("see where it is")
                        .build());
    }

    @Override
    public void clear(Call call, HostRef host, DevicePath device) {
        calls.change(host, "devices.clear", call.token(), there -> {
            volume(there, device).extent().overwrite(there, Content.NOTHING);
            return true;
        });
    }

    @Override
    public void flush(Call call, HostRef host, DevicePath device) {
        calls.change(host, "devices.flush", call.token(), there -> {
            var directory = Guest.directoryOf(device.path());
            if (directory.isPresent()) {
                directory(host, directory.get()).flush();
                return true;
            }
            if (!volume(there, device).extent().flush()) {
                throw Failure.of(FailureKind.STORAGE, "device.flush-failed", "not all of it is on the medium")
                        .host(host)
                        .next("look at the storage")
                        .build();
            }
            return true;
        });
    }

    @Override
    public void dropCache(Call call, HostRef host, DevicePath device) {
        calls.change(host, "devices.drop-cache", call.token(), there -> {
            there.dropCache(volume(there, device).extent());
            return true;
        });
    }

    @Override
    public void write(Call call, HostRef host, DevicePath device, long offset, byte[] bytes) {
        calls.change(host, "devices.write", call.token(), there -> {
            var extent = volume(there, device).extent();
            extent.write(there, extent.written().sampled(offset, bytes));
            return true;
        });
    }

    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        return calls.look(
                host,
                "devices.read",
                there -> volume(there, device).extent().written().sample(offset, length));
    }

    @Override
    public String digest(Call call, HostRef host, DevicePath device, long offset, DataSize length) {
        return calls.look(host, "devices.digest", there -> {
            var content = volume(there, device).extent().written();
            return Integer.toHexString(Objects.hash(content.image(), offset, length));
        });
    }

    /** In the middle the host may be lost, or who waits for it: then the host comes to the end of it by itself. */
    @Override
    public void copy(Call call, HostRef host, DevicePath from, DevicePath to, DataSize length) {
        calls.change(host, "devices.copy", call.token(), there -> {
            var source = volume(there, from);
            var target = volume(there, to);
            if (length.exceeds(source.size()) || length.exceeds(target.size())) {
                throw Failure.of(FailureKind.STORAGE, "device.short", "a device is shorter than what is to be copied")
                        .host(host)
                        .next("see its size")
                        .build();
            }
            var content = source.extent().written();
            content.image().ifPresent(image -> target.extent().write(there, Content.unfinished(image)));
            try {
                calls.middle(host, "devices.copy");
            } catch (Failure failure) {
                if (failure.isUnknownOutcome()) {
                    finishCopy(there, target, content);
                }
                throw failure;
            }
            if (!finishCopy(there, target, content)) {
                throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.lost", "the host went away")
                        .host(host)
                        .next("look when it is back")
                        .build();
            }
            return true;
        });
    }

    /** The head last, when all else is durable. */
    private boolean finishCopy(SimulatedHost there, SimulatedVolume target, Content content) {
        var canGoOn = there.isReachable() && isWithin(calls.world(), there, target);
        if (canGoOn && target.extent().flush()) {
            target.extent().write(there, content);
        }
        return canGoOn;
    }

    @Override
    public void discardFrom(Call call, HostRef host, DevicePath device, long offset) {
        calls.change(host, "devices.discard", call.token(), there -> {
            volume(there, device).extent().discardFrom(there, offset);
            return true;
        });
    }
}
