package io.berth.hypervisor.script;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostDevices;
import io.berth.driver.hypervisor.ImageHeader;

/** Frames on devices. Thread-safe. */
final class FramedImages {
    private final HostDevices devices;

    FramedImages(HostDevices devices) {
        this.devices = devices;
    }

    void write(Call call, HostRef host, DevicePath device, ImageFrame frame) {
        devices.write(call, host, device, 0, frame.encode());
    }

    ImageHeader inspect(HostRef host, DevicePath device) {
        return switch (read(host, device)) {
            case ImageFrame.Whole(var frame) ->
                new ImageHeader(
                        frame.complete() ? ImageHeader.Form.COMPLETE : ImageHeader.Form.PARTIAL,
                        frame.definition(),
                        ImageFrame.ROOM,
                        frame.ownerPaused());
            case ImageFrame.Nothing(var form) -> new ImageHeader(form, "", DataSize.ZERO, false);
            case ImageFrame.More _ -> throw new IllegalStateException("more than all there is");
        };
    }

    /**
     * The frame of a finished image.
     *
     * @param what can't be done otherwise, without a full stop
     * @throws Failure {@code image.partial}, {@code image.foreign}, {@code image.unsupported} (STORAGE)
     */
    ImageFrame complete(HostRef host, DevicePath device, String what) {
        return switch (read(host, device)) {
            case ImageFrame.Whole(var frame) when frame.complete() -> frame;
            case ImageFrame.Whole _ -> throw refused(host, "image.partial", what, "its writer never finished");
            case ImageFrame.Nothing(var form) ->
                throw form == ImageHeader.Form.NONE
                        ? refused(host, "image.foreign", what, "there is no saved guest")
                        : refused(host, "image.unsupported", what, "its head is damaged or newer");
            case ImageFrame.More _ -> throw new IllegalStateException("more than all there is");
        };
    }

    private ImageFrame.Reading read(HostRef host, DevicePath device) {
        var reading = ImageFrame.read(devices.read(host, device, 0, ImageFrame.HEAD));
        return reading instanceof ImageFrame.More(var bytes)
                ? ImageFrame.read(devices.read(host, device, 0, bytes))
                : reading;
    }

    static Failure refused(HostRef host, String code, String what, String why) {
        return Failure.of(FailureKind.STORAGE, code, what)
                .host(host)
                .why(why)
                .next("check which volume this is; nothing was changed")
                .build();
    }
}
