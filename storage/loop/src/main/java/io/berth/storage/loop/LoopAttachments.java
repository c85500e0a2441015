package io.berth.storage.loop;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.DatastoreHosts;
import io.berth.storage.files.FileAttachments;
import io.berth.storage.files.FolderStorage;
import io.berth.storage.files.OpenFiles;
import io.berth.storage.files.Patience;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Volumes as loop devices.
 *
 * <p>The kernel has one set of loop devices whatever namespaces its processes live in, so that a host in a container
 * may see devices of another: one counts only if its node is there too. Only devices over the volume's own file are
 * ever touched.
 */
final class LoopAttachments implements FileAttachments {
    private final FolderStorage folder;
    private final DatastoreHosts hosts;
    private final OpenFiles open;
    private final Patience patience;

    LoopAttachments(FolderStorage folder, Patience patience) {
        this.folder = folder;
        this.hosts = folder.hosts();
        this.open = new OpenFiles(hosts, patience);
        this.patience = patience;
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host) {
        var size = folder.existing(volume).size();
        var there = live(volume, host);
        if (there.stream().anyMatch(LoopDevice::leaving)) {
            throw attachFailed(volume, host)
                    .why("an earlier detach waits until nobody has " + there + " open any more")
                    .next("end the process that has it open ('fuser -v' names it), then try again")
                    .build();
        }
        if (!there.isEmpty()) {
            return confirmed(call, volume, host, there.getFirst().path(), size);
        }
        var device = makeDevice(call, volume, host);
        try {
            return confirmed(call, volume, host, device, size);
        } catch (Failure failure) {
            // Nobody knows of this device yet: what can't be used must not stay behind.
            hosts.on(host, LoopCommands.detach(call, device));
            throw failure;
        }
    }

    private DevicePath makeDevice(Call call, VolumeRef volume, HostRef host) {
        var answer = hosts.on(host, LoopCommands.attach(call, folder.image(volume)));
        var shown = answer.result().output().strip();
        if (!answer.succeeded() || !shown.matches("/dev/\\S+")) {
            throw answer.storage("volume.attach-failed", "volume " + volume + " can't be attached")
                    .why("losetup ended with exit code " + answer.result().exitCode())
                    .next("see that the host has the folder "
                            + Printable.line(folder.settings().folder()) + " mounted and a free loop device")
                    .build();
        }
        return new DevicePath(shown);
    }

    /** The device as it is asked for, or a failure if it isn't the volume, whole. */
    private DevicePath confirmed(Call call, VolumeRef volume, HostRef host, DevicePath device, DataSize size) {
        if (live(volume, host).stream().noneMatch(found -> found.path().equals(device))) {
            throw attachFailed(volume, host)
                    .why(device + " doesn't lead to " + Printable.line(folder.image(volume)))
                    .next("give the datastore's folder by its real path, without symbolic links")
                    .build();
        }
        if (!sizeOf(host, device).equals(Optional.of(size))) {
            hosts.on(host, LoopCommands.readSizeAnew(call, device));
        }
        var seen = sizeOf(host, device);
        if (!seen.equals(Optional.of(size))) {
            throw attachFailed(volume, host)
                    .why(device + " has " + seen.map(DataSize::toString).orElse("no size") + " in place of " + size)
                    .next("see that all hosts have the same file system at "
                            + Printable.line(folder.settings().folder()))
                    .build();
        }
        return device;
    }

    private Optional<DataSize> sizeOf(HostRef host, DevicePath device) {
        var answer = hosts.on(host, LoopCommands.deviceSize(device));
        var digits = answer.result().output().strip();
        return answer.succeeded() && digits.matches("[0-9]{1,18}")
                ? Optional.of(new DataSize(Long.parseLong(digits)))
                : Optional.empty();
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        for (var device : devices(volume, host)) {
            detach(call, volume, host, device.path());
        }
    }

    /** losetup answers at once for a device in use and takes it away at its last close: so holders are asked first. */
    private void detach(Call call, VolumeRef volume, HostRef host, DevicePath device) {
        open.awaitFree(volume, host, device.path());
        var answer = hosts.on(host, LoopCommands.detach(call, device));
        if (!patience.until(() -> isGone(volume, host, device))) {
            if (answer.succeeded()) {
                throw OpenFiles.inUse(
                        volume, host, device.path(), "open somewhere: the kernel takes it away at the last close");
            }
            throw answer.storage("volume.detach-failed", "volume " + volume + " can't be detached")
                    .why("losetup ended with exit code " + answer.result().exitCode())
                    .next("put right what the command's output says, then try again")
                    .build();
        }
    }

    private boolean isGone(VolumeRef volume, HostRef host, DevicePath device) {
        return devices(volume, host).stream().noneMatch(found -> found.path().equals(device));
    }

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        return live(volume, host).stream().map(LoopDevice::path).findFirst();
    }

    @Override
    public Set<HostRef> hosts(VolumeRef volume) {
        folder.requireOwn(volume);
        var attached = new LinkedHashSet<HostRef>();
        hosts.onEachReachable(host -> devices(volume, host).isEmpty() ? Optional.<HostRef>empty() : Optional.of(host))
                .forEach(host -> host.ifPresent(attached::add));
        return attached;
    }

    /** A loop device has the size that its file had when it was made, until it is told to look again. */
    @Override
    public void fileGrew(Call call, VolumeRef volume) {
        for (var host : hosts(volume)) {
            for (var device : live(volume, host)) {
                var answer = hosts.on(host, LoopCommands.readSizeAnew(call, device.path()));
                if (!answer.succeeded()) {
                    throw answer.failure(
                            "volume " + volume + " was enlarged, but its device wasn't", folder.settings());
                }
            }
        }
    }

    private List<LoopDevice> live(VolumeRef volume, HostRef host) {
        return devices(volume, host).stream()
                .filter(device -> !device.deleted())
                .toList();
    }

    /** Devices over the volume's file, or over one of that name which is deleted. */
    private List<LoopDevice> devices(VolumeRef volume, HostRef host) {
        var image = folder.image(volume);
        var answer = hosts.on(host, LoopCommands.listDevices());
        if (!answer.succeeded() || answer.result().truncated()) {
            throw answer.failure("the loop devices can't be listed", folder.settings());
        }
        return LoopDeviceList.parse(answer.result().output()).stream()
                .filter(device -> device.file().equals(image))
                .filter(device -> hasNode(host, device.path()))
                .toList();
    }

    private boolean hasNode(HostRef host, DevicePath device) {
        var answer = hosts.on(host, LoopCommands.hasNode(device));
        return switch (answer.result().exitCode()) {
            case 0 -> true;
            case 1 -> false;
            default -> throw answer.failure("it is unknown whether " + device + " is there", folder.settings());
        };
    }

    private static Failure.Builder attachFailed(VolumeRef volume, HostRef host) {
        return Failure.of(FailureKind.STORAGE, "volume.attach-failed", "volume " + volume + " can't be attached")
                .host(host);
    }
}
