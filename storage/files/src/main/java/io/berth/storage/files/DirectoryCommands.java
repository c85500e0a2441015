package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.OperationId;
import io.berth.driver.host.HostCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    static HostCommand there(String folder, List<String> names) {
        var argv = Stream.concat(Stream.of(HostCommand.HELPER, "directory-there", folder), names.stream());
        return HostCommand.reading(argv.toArray(String[]::new));
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

    static HostCommand send(
            Call call,
            String folder,
            String name,
            Set<String> hollow,
            HostToHost way,
            String destination,
            Consumer<String> lines) {
        var token = call.token();
        var argv = Stream.concat(
                Stream.of(
                        HostCommand.HELPER,
                        "directory-send",
                        folder,
                        name,
                        token.vm().uuid().toString(),
                        Long.toString(token.epoch()),
                        token.operation().id(),
                        way.helper(),
                        destination),
                way.ssh().stream());
        return HostCommand.changing(call, argv.toArray(String[]::new))
                .withStdin(ended(hollow))
                .withOutputLines(lines);
    }

    /** A zero byte ends a path: the one that none has in it. */
    private static byte[] ended(Set<String> paths) {
        return paths.stream()
                .map(path -> path + '\0')
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    static HostCommand copyState(String folder, OperationId operation, String name) {
        return HostCommand.reading(HostCommand.HELPER, "directory-copy-state", folder, operation.id(), name);
    }

    static HostCommand copyPlace(Call call, String folder, String name) {
        return ofCopy(call, "directory-copy-place", folder, name);
    }

    static HostCommand copyDrop(Call call, String folder, String name) {
        return ofCopy(call, "directory-copy-drop", folder, name);
    }

    static HostCommand copyForget(Call call, String folder, String name) {
        return ofCopy(call, "directory-copy-forget", folder, name);
    }

    private static HostCommand ofCopy(Call call, String word, String folder, String name) {
        return HostCommand.changing(
                call, HostCommand.HELPER, word, folder, call.token().operation().id(), name);
    }

    /** One of the kernel's own, other at each start of the host. */
    static HostCommand bootId() {
        return FileCommands.read("/proc/sys/kernel/random/boot_id");
    }
}
