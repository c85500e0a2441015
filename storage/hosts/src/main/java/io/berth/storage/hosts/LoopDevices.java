package io.berth.storage.hosts;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Loop devices on a datastore's hosts, each over the file that is a volume there. Thread-safe.
 *
 * <p>The kernel has one set of loop devices whatever namespaces its processes live in, so that a host in a container
 * may see devices of another: one counts only if its node is there too.
 */
public final class LoopDevices {
    private final DatastoreHosts hosts;
    private final OpenFiles open;
    private final Patience patience;

    public LoopDevices(DatastoreHosts hosts, Patience patience) {
        this.hosts = hosts;
        this.open = new OpenFiles(hosts, patience);
        this.patience = patience;
    }

    /** Devices over the file, or over one of that name which is deleted. */
    public List<LoopDevice> over(HostRef host, String file) {
        return those(host, device -> device.file().equals(file));
    }

    /** Devices of which that is so. */
    public List<LoopDevice> those(HostRef host, Predicate<LoopDevice> wanted) {
        return all(host).stream()
                .filter(wanted)
                .filter(device -> hasNode(host, device.path()))
                .toList();
    }

    /** Devices over the file itself. */
    public List<LoopDevice> live(HostRef host, String file) {
        return over(host, file).stream().filter(device -> !device.deleted()).toList();
    }

    private List<LoopDevice> all(HostRef host) {
        var answer = hosts.on(host, LoopDeviceCommands.listDevices());
        if (!answer.succeeded() || answer.result().truncated()) {
            throw answer.failure("the loop devices can't be listed");
        }
        return LoopDeviceList.parse(answer.result().output());
    }

    private boolean hasNode(HostRef host, DevicePath device) {
        var answer = hosts.on(host, LoopDeviceCommands.hasNode(device));
        return switch (answer.result().exitCode()) {
            case 0 -> true;
            case 1 -> false;
            default -> throw answer.failure("it is unknown whether " + device + " is there");
        };
    }

    /**
     * A device over the file with direct I/O: the one that is there, or a new one.
     *
     * @param advice what else to look at when there can't be one
     * @throws Failure {@code volume.attach-failed} (STORAGE)
     */
    public DevicePath attach(Call call, VolumeRef volume, HostRef host, String file, String advice) {
        var there = live(host, file);
        if (there.stream().anyMatch(LoopDevice::leaving)) {
            throw Failure.of(FailureKind.STORAGE, "volume.attach-failed", "volume " + volume + " can't be attached")
                    .host(host)
                    .why("an earlier detach waits until nobody has " + there + " open any more")
                    .next("end the process that has it open ('fuser -v' names it), then try again")
                    .build();
        }
        return there.isEmpty()
                ? make(call, volume, host, file, advice)
                : there.getFirst().path();
    }

    /**
     * A new device over the file with direct I/O; for files over which there is none, else it fails.
     *
     * @param advice what else to look at when there can't be one
     * @throws Failure {@code volume.attach-failed} (STORAGE)
     */
    public DevicePath make(Call call, VolumeRef volume, HostRef host, String file, String advice) {
        var answer = hosts.on(host, LoopDeviceCommands.attach(call, file));
        var shown = answer.result().output().strip();
        if (!answer.succeeded() || !shown.matches("/dev/\\S+")) {
            throw answer.storage("volume.attach-failed", "volume " + volume + " can't be attached")
                    .why("losetup ended with exit code " + answer.result().exitCode())
                    .next("see that the host has a free loop device and " + advice)
                    .build();
        }
        return new DevicePath(shown);
    }

    /**
     * Detaches and waits until the device is gone. losetup answers at once for a device in use and takes it away at its
     * last close: so holders are asked first.
     *
     * @throws Failure {@code volume.in-use} (CONFLICT), {@code volume.detach-failed} (STORAGE)
     */
    public void detach(Call call, VolumeRef volume, HostRef host, LoopDevice device) {
        open.awaitFree(volume, host, device.path().path());
        var answer = hosts.on(host, LoopDeviceCommands.detach(call, device.path()));
        if (!patience.until(() -> isGone(host, device))) {
            if (answer.succeeded()) {
                throw OpenFiles.inUse(
                        volume,
                        host,
                        device.path().path(),
                        "open somewhere: the kernel takes it away at the last close");
            }
            throw answer.storage("volume.detach-failed", "volume " + volume + " can't be detached")
                    .why("losetup ended with exit code " + answer.result().exitCode())
                    .next("put right what the command's output says, then try again")
                    .build();
        }
    }

    /** Takes away at once a device that nobody can know of yet. */
    public void drop(Call call, HostRef host, DevicePath device) {
        hosts.on(host, LoopDeviceCommands.detach(call, device));
    }

    private boolean isGone(HostRef host, LoopDevice device) {
        return over(host, device.file()).stream()
                .noneMatch(found -> found.path().equals(device.path()));
    }

    /** The device's size; empty when it tells none. */
    public Optional<DataSize> size(HostRef host, DevicePath device) {
        var answer = hosts.on(host, LoopDeviceCommands.deviceSize(device));
        var digits = answer.result().output().strip();
        return answer.succeeded() && digits.matches("[0-9]{1,18}")
                ? Optional.of(new DataSize(Long.parseLong(digits)))
                : Optional.empty();
    }

    /** Tells the device that its file has become longer. */
    public HostAnswer readSizeAnew(Call call, HostRef host, DevicePath device) {
        return hosts.on(host, LoopDeviceCommands.readSizeAnew(call, device));
    }
}
