package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VolumeRef;
import java.util.Optional;

/** One way to make a block device of an image. */
interface ImageDevices {
    AttachWay way();

    /** Whether the host has what it takes. */
    boolean possibleOn(HostRef host);

    /** The device, if there is one that can be used. */
    Optional<DevicePath> device(VolumeRef volume, HostRef host);

    /** Whether anything is there, whole or broken, that {@link #detach} would take away. */
    boolean hasTraces(VolumeRef volume, HostRef host);

    /** A device of that size; one that can't be had leaves nothing behind. */
    DevicePath attach(Call call, VolumeRef volume, HostRef host, DataSize size);

    /** Takes away whatever is there. */
    void detach(Call call, VolumeRef volume, HostRef host);

    /** Makes the device there as large as the image has become. */
    void readSizeAnew(Call call, VolumeRef volume, HostRef host, DataSize size);
}
