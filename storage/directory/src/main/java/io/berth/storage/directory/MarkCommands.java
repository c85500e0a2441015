package io.berth.storage.directory;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.host.HostCommand;

/** The arguments of every command on attachment marks; nothing else builds any. */
final class MarkCommands {
    private MarkCommands() {}

    static HostCommand set(Call call, String mark, String file) {
        return HostCommand.changing(call, HostCommand.HELPER, "link", mark, file);
    }

    static HostCommand remove(Call call, String mark) {
        return HostCommand.changing(call, HostCommand.HELPER, "unlink", mark);
    }

    static HostCommand read(String mark) {
        return HostCommand.reading(HostCommand.HELPER, "read-link", mark);
    }

    static HostCommand fileSize(DevicePath file) {
        return HostCommand.reading(HostCommand.HELPER, "device-size", file.path());
    }
}
