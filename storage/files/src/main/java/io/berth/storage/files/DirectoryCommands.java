package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.host.HostCommand;
import java.time.Duration;

/** The arguments of every command on VM directories; nothing else builds any. */
final class DirectoryCommands {
    /** A directory with a million files, on a slow disk. */
    private static final Duration WHOLE_DIRECTORY = Duration.ofMinutes(2);

    private DirectoryCommands() {}

    static HostCommand place(String folder, String source) {
        return HostCommand.reading(HostCommand.HELPER, "directory-place", folder, source);
    }

    static HostCommand look(String path) {
        return HostCommand.reading(HostCommand.HELPER, "directory-look", path);
    }

    static HostCommand size(String path) {
        return HostCommand.reading(HostCommand.HELPER, "directory-size", path).withDeadline(WHOLE_DIRECTORY);
    }

    static HostCommand rename(Call call, String from, String to) {
        return HostCommand.changing(call, HostCommand.HELPER, "directory-rename", from, to);
    }

    static HostCommand remove(Call call, String path) {
        return HostCommand.changing(call, HostCommand.HELPER, "directory-remove", path);
    }

    /** One of the kernel's own, other at each start of the host. */
    static HostCommand bootId() {
        return FileCommands.read("/proc/sys/kernel/random/boot_id");
    }
}
