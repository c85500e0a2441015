package io.berth.storage.directory;

import static io.berth.storage.files.FakeHelperTransport.failed;
import static io.berth.storage.files.FakeHelperTransport.ok;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.storage.files.FakePrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fake of what each host has for itself: links in its /run, and processes with open files. */
final class FakeMarks implements FakePrograms {
    private final Map<HostRef, Map<String, String>> links = new HashMap<>();
    private final Map<HostRef, Map<String, Integer>> holders = new HashMap<>();

    /** What a host's restart leaves of it. */
    synchronized void restart(HostRef host) {
        links.remove(host);
        holders.remove(host);
    }

    synchronized void hold(HostRef host, String file, int change) {
        holders.computeIfAbsent(host, any -> new HashMap<>()).merge(file, change, Integer::sum);
    }

    @Override
    public synchronized Optional<CommandResult> run(HostRef host, List<String> argv) {
        if (argv.getFirst().equals("find")) {
            var held = holders.getOrDefault(host, Map.of());
            return Optional.of(ok("/proc/4711/fd/5\n".repeat(held.getOrDefault(argv.getLast(), 0))));
        }
        if (!argv.getFirst().equals(HostCommand.HELPER)) {
            return Optional.empty();
        }
        var own = links.computeIfAbsent(host, any -> new HashMap<>());
        var path = argv.get(2);
        return switch (argv.get(1)) {
            case "link" -> {
                own.put(path, argv.get(3));
                yield Optional.of(ok(""));
            }
            case "unlink" -> {
                own.remove(path);
                yield Optional.of(ok(""));
            }
            case "read-link" ->
                Optional.of(own.containsKey(path) ? ok(own.get(path) + "\n") : failed(20, "absent: " + path));
            case "device-size" -> Optional.of(sizeOf(path));
            default -> Optional.empty();
        };
    }

    private static CommandResult sizeOf(String file) {
        try {
            var path = Path.of(file);
            return Files.exists(path) ? ok(Files.size(path) + "\n") : failed(20, "absent: " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
