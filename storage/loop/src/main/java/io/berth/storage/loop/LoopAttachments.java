package io.berth.storage.loop;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.FileAttachments;
import io.berth.storage.files.FolderStorage;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.LoopDevice;
import io.berth.storage.hosts.LoopDevices;
import io.berth.storage.hosts.Patience;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Volumes as loop devices. Only devices over the volume's own file are ever touched. */
final class LoopAttachments implements FileAttachments {
    private final FolderStorage folder;
    private final DatastoreHosts hosts;
    private final LoopDevices devices;

    LoopAttachments(FolderStorage folder, Patience patience) {
        this.folder = folder;
        this.hosts = folder.hosts();
        this.devices = new LoopDevices(hosts, patience);
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host) {
        var size = folder.existing(volume).size();
        var known = device(volume, host);
        var device = devices.attach(
                call,
                volume,
                host,
                folder.image(volume),
                "the folder " + Printable.line(folder.settings().folder()) + " mounted");
        try {
            return confirmed(call, volume, host, device, size);
        } catch (Failure failure) {
            if (known.isEmpty()) {
                // Nobody knows of this device yet: what can't be used must not stay behind.
                devices.drop(call, host, device);
            }
            throw failure;
        }
    }

    /** The device as it is asked for, or a failure if it isn't the volume, whole. */
    private DevicePath confirmed(Call call, VolumeRef volume, HostRef host, DevicePath device, DataSize size) {
        if (devices.live(host, folder.image(volume)).stream()
                .noneMatch(found -> found.path().equals(device))) {
            throw attachFailed(volume, host)
                    .why(device + " doesn't lead to " + Printable.line(folder.image(volume)))
                    .next("give the datastore's folder by its real path, without symbolic links")
                    .build();
        }
        if (!devices.size(host, device).equals(Optional.of(size))) {
            devices.readSizeAnew(call, host, device);
        }
        var seen = devices.size(host, device);
        if (!seen.equals(Optional.of(size))) {
            throw attachFailed(volume, host)
                    .why(device + " has " + seen.map(DataSize::toString).orElse("no size") + " in place of " + size)
                    .next("see that all hosts have the same file system at "
                            + Printable.line(folder.settings().folder()))
                    .build();
        }
        return device;
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        for (var device : devices.over(host, folder.image(volume))) {
            devices.detach(call, volume, host, device);
        }
    }

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        return devices.live(host, folder.image(volume)).stream()
                .map(LoopDevice::path)
                .findFirst();
    }

    @Override
    public Set<HostRef> hosts(VolumeRef volume) {
        var image = folder.image(volume);
        var attached = new LinkedHashSet<HostRef>();
        hosts.onEachReachable(
                        host -> devices.over(host, image).isEmpty() ? Optional.<HostRef>empty() : Optional.of(host))
                .forEach(host -> host.ifPresent(attached::add));
        return attached;
    }

    /** A loop device has the size that its file had when it was made, until it is told to look again. */
    @Override
    public void fileGrew(Call call, VolumeRef volume) {
        for (var host : hosts(volume)) {
            for (var device : devices.live(host, folder.image(volume))) {
                var answer = devices.readSizeAnew(call, host, device.path());
                if (!answer.succeeded()) {
                    throw answer.failure("volume " + volume + " was enlarged, but its device wasn't");
                }
            }
        }
    }

    private static Failure.Builder attachFailed(VolumeRef volume, HostRef host) {
        return Failure.of(FailureKind.STORAGE, "volume.attach-failed", "volume " + volume + " can't be attached")
                .host(host);
    }
}
