package io.berth.storage.loop;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.common.DatastoreHosts;
import io.berth.storage.common.LoopDevice;
import io.berth.storage.common.LoopDevices;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Volumes as loop devices. Only devices over the volume's own file are ever touched. */
final class LoopAttachments implements Attachments {
    private final LoopSettings settings;
    private final VolumeFiles files;
    private final DatastoreHosts hosts;
    private final DatastoreFolder folder;
    private final LoopDevices devices;

    LoopAttachments(
            LoopSettings settings,
            VolumeFiles files,
            DatastoreHosts hosts,
            DatastoreFolder folder,
            LoopDevices devices) {
        this.settings = settings;
        this.files = files;
        this.hosts = hosts;
        this.folder = folder;
        this.devices = devices;
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host) {
        var size = folder.find(volume).orElseThrow(() -> folder.absent(volume)).size();
        var known = device(volume, host);
        var device = devices.attach(
                call,
                volume,
                host,
                files.image(volume),
                "the folder " + Printable.line(settings.folder()) + " mounted");
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
        if (devices.live(host, files.image(volume)).stream()
                .noneMatch(found -> found.path().equals(device))) {
            throw attachFailed(volume, host)
                    .why(device + " doesn't lead to " + Printable.line(files.image(volume)))
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
                    .next("see that all hosts have the same file system at " + Printable.line(settings.folder()))
                    .build();
        }
        return device;
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        for (var device : devices.over(host, files.image(volume))) {
            devices.detach(call, volume, host, device);
        }
    }

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        return devices.live(host, files.image(volume)).stream()
                .map(LoopDevice::path)
                .findFirst();
    }

    @Override
    public Set<HostRef> hosts(VolumeRef volume) {
        var image = files.image(volume);
        var attached = new LinkedHashSet<HostRef>();
        hosts.onEachReachable(
                        host -> devices.over(host, image).isEmpty() ? Optional.<HostRef>empty() : Optional.of(host))
                .forEach(host -> host.ifPresent(attached::add));
        return attached;
    }

    /** Tells the devices over the volume's file that it has become longer. */
    void readSizesAnew(Call call, VolumeRef volume) {
        for (var host : hosts(volume)) {
            for (var device : devices.live(host, files.image(volume))) {
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
