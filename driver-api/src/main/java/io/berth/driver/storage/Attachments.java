package io.berth.driver.storage;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.DeviceReading;
import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.Set;

/** Turns a volume into a block device on a host, or into a file where the storage is files, and back. */
public interface Attachments {
    /**
     * Attaches the volume and waits until the device is there and has the volume's size. Attached already: the same
     * device again.
     *
     * @throws io.berth.driver.Failure {@code volume.absent}, {@code volume.attach-failed} (STORAGE), {@code
     *     host.unreachable}
     */
    DevicePath attach(Call call, VolumeRef volume, HostRef host);

    /**
     * Detaches and waits until the device is gone. Not attached is fine.
     *
     * @throws io.berth.driver.Failure {@code volume.in-use} (CONFLICT) when a process has the device open
     */
    void detach(Call call, VolumeRef volume, HostRef host);

    /** How an image is read fastest from a volume that is attached there. Looks at nothing that takes time. */
    default DeviceReading reading(VolumeRef volume, HostRef host) {
        return DeviceReading.CACHED;
    }

    /** The device on that host, if the volume is attached there. */
    Optional<DevicePath> device(VolumeRef volume, HostRef host);

    /**
     * The hosts that have it attached, as far as the storage or the reachable hosts can tell.
     */
    Set<HostRef> hosts(VolumeRef volume);
}
