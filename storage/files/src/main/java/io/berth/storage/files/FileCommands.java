package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.host.HostCommand;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The arguments of every command on files; nothing else builds any. */
final class FileCommands {
    /** A folder with ten thousand volumes takes about a second; a cold network file system far longer. */
    private static final Duration WHOLE_FOLDER = Duration.ofMinutes(2);

    private FileCommands() {}

    static HostCommand makeVolume(Call call, String file, DataSize size) {
        return HostCommand.changing(call, HostCommand.HELPER, "make-volume", file, Long.toString(size.bytes()));
    }

    static HostCommand growVolume(Call call, String file, DataSize size) {
        return HostCommand.changing(call, HostCommand.HELPER, "grow-volume", file, Long.toString(size.bytes()));
    }

    static HostCommand list(String folder, Consumer<String> lines) {
        return HostCommand.reading(HostCommand.HELPER, "list", folder)
                .withDeadline(WHOLE_FOLDER)
                .withOutputLines(lines);
    }

    static HostCommand room(String folder) {
        return HostCommand.reading(HostCommand.HELPER, "room", folder);
    }

    static HostCommand remove(Call call, String file) {
        return HostCommand.changing(call, HostCommand.HELPER, "remove", file);
    }

    static HostCommand createOnce(Call call, String file, byte[] content) {
        return HostCommand.changing(call, HostCommand.HELPER, "create-once", file)
                .withStdin(content);
    }

    static HostCommand replace(Call call, String file, byte[] content) {
        return HostCommand.changing(call, HostCommand.HELPER, "replace", file).withStdin(content);
    }

    static HostCommand read(String file) {
        return HostCommand.reading(HostCommand.HELPER, "read", file);
    }

    static HostCommand gather(String folder, List<String> ends, Consumer<String> lines) {
        var argv = Stream.concat(Stream.of(HostCommand.HELPER, "gather", folder), ends.stream());
        return HostCommand.reading(argv.toArray(String[]::new))
                .withDeadline(WHOLE_FOLDER)
                .withOutputLines(lines);
    }
}
