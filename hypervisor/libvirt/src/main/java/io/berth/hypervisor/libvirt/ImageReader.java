package io.berth.hypervisor.libvirt;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.ImageHeader;

/** Reads the head of an image from a device. Thread-safe. */
final class ImageReader {
    /** Enough for a common guest's head in one go: libvirt's own is 66 KiB and some. */
    private static final int FIRST = 96 << 10;

    private final DeviceBytes devices;

    ImageReader(DeviceBytes devices) {
        this.devices = devices;
    }

    ImageHeader read(HostRef host, DevicePath device) {
        var bytes = first(host, device);
        var header = SaveHeader.ofFixedPart(bytes);
        var wanted = header.dataOffset() + SaveHeader.STREAM_MARK;
        if (wanted > bytes.length) {
            bytes = readOrShort(host, device, wanted, bytes);
        }
        return header.read(bytes);
    }

    /** What an image on the device can't exceed, if there is one. */
    DataSize bound(HostRef host, DevicePath device) {
        var form = read(host, device).form();
        if (form != ImageHeader.Form.COMPLETE) {
            throw Failure.of(FailureKind.STORAGE, "image.partial", "there is no finished image on " + device)
                    .why("its head is " + form)
                    .next("keep the volume until it is known what became of the guest")
                    .host(host)
                    .build();
        }
        return devices.size(host, device);
    }

    private byte[] first(HostRef host, DevicePath device) {
        var bytes = readOrShort(host, device, FIRST, new byte[0]);
        return bytes.length == 0 ? readOrShort(host, device, SaveHeader.FIXED, bytes) : bytes;
    }

    /** A device that is too short for an image holds none, and saying that is the reader's job. */
    private byte[] readOrShort(HostRef host, DevicePath device, int length, byte[] otherwise) {
        try {
            return devices.read(host, device, 0, length);
        } catch (Failure failure) {
            if (failure.is("device.short")) {
                return otherwise;
            }
            throw failure;
        }
    }
}
