package io.berth.storage.hosts;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.host.HostCommand;

/** The arguments of every command about loop devices; nothing else builds any. */
final class LoopDeviceCommands {
    private LoopDeviceCommands() {}

    static HostCommand deviceSize(DevicePath device) {
        return HostCommand.reading(HostCommand.HELPER, "device-size", device.path());
    }

    /** Overlap is refused by the kernel's own list of devices, so that a lost answer doesn't leave two. */
    static HostCommand attach(Call call, String file) {
        return HostCommand.changing(call, "losetup", "--find", "--show", "--direct-io=on", "--nooverlap", file);
    }

    static HostCommand detach(Call call, DevicePath device) {
        return HostCommand.changing(call, "losetup", "--detach", device.path());
    }

    static HostCommand readSizeAnew(Call call, DevicePath device) {
        return HostCommand.changing(call, "losetup", "--set-capacity", device.path());
    }

    /** All loop devices; the raw form escapes blanks, so that a file's name can't look like a column. */
    static HostCommand listDevices() {
        return HostCommand.reading(
                "losetup", "--list", "--raw", "--noheadings", "--output", "NAME,AUTOCLEAR,BACK-FILE");
    }

    static HostCommand hasNode(DevicePath device) {
        return HostCommand.reading("test", "-b", device.path());
    }
}
