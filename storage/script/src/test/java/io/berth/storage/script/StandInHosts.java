package io.berth.storage.script;

import static io.berth.storage.files.FakeHelperTransport.failed;
import static io.berth.storage.files.FakeHelperTransport.ok;

import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.storage.files.FakePrograms;
import io.berth.storage.files.LocalProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;

/**
 * Hosts on which scripts are run for real, as processes of this machine, with a stand-in for {@code losetup}: a loop device
 * is a link to its file, in a folder for each host. Nothing needs root.
 */
final class StandInHosts implements FakePrograms, AutoCloseable {
    private static final String LOSETUP = """
            #!/bin/sh
            # A stand-in for losetup, as far as the example's scripts use it.
            set -eu
            nodes=$STANDIN_NODES
            case $1 in
            --noheadings)
                for node in "$nodes"/*; do
                    [ "$(readlink "$node")" != "$5" ] || echo "$node"
                done
                ;;
            --find)
                mkdir -p "$nodes"
                number=$(cat "$nodes.count" 2>/dev/null || echo 0)
                echo $((number + 1)) >"$nodes.count"
                ln -s "$5" "$nodes/loop$number"
                ;;
            --detach) rm "$2" ;;
            *) exit 1 ;;
            esac
            """;

    final Path root;
    final Path scripts;
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    StandInHosts() {
        try {
            root = Files.createTempDirectory("berth-scripts").toRealPath();
            scripts = Files.createDirectory(root.resolve("storage"));
            var example = Path.of(System.getProperty("berth.root", "."), "examples", "script-storage");
            try (var files = Files.list(example)) {
                for (var file : files.toList()) {
                    Files.copy(file, scripts.resolve(file.getFileName()));
                }
            }
            Files.createDirectory(root.resolve("bin"));
            write(root.resolve("bin/losetup"), LOSETUP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another script in place of the one of that name. */
    void replace(String name, String text) {
        write(scripts.resolve(name), text);
    }

    /** Has the script work on the host that the argument names, as one would that goes there by ssh. */
    void reach(String name, String argument) {
        try {
            var script = Files.readString(scripts.resolve(name));
            var way = "STANDIN_NODES=" + root + "/nodes-" + argument + "\nexport STANDIN_NODES\n";
            write(scripts.resolve(name), script.replaceFirst("\n\\. ", "\n" + Matcher.quoteReplacement(way) + ". "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void rename(String name, String other) {
        try {
            Files.move(scripts.resolve(name), scripts.resolve(other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String name) {
        try {
            Files.delete(scripts.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a process there keep the device open, as far as whoever looks for one can tell. */
    void hold(HostRef host, DevicePath device) {
        held.add(host + " " + device);
    }

    void release(HostRef host, DevicePath device) {
        held.remove(host + " " + device);
    }

    @Override
    public Optional<CommandResult> run(HostRef host, List<String> argv) {
        return run(host, argv, new byte[0]);
    }

    @Override
    public Optional<CommandResult> run(HostRef host, List<String> argv, byte[] stdin) {
        return switch (argv.getFirst()) {
            case "env", "realpath", "true", "test", "dd" -> Optional.of(execute(host, argv, stdin));
            case "find" -> Optional.of(ok(held.contains(host + " " + argv.getLast()) ? "/proc/77/fd/3\n" : ""));
            case "berth-host" ->
                argv.get(1).equals("device-size") ? Optional.of(size(Path.of(argv.get(2)))) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static CommandResult size(Path device) {
        try {
            return ok(Files.size(device) + "\n");
        } catch (IOException absent) {
            return failed(20, "absent: " + device);
        }
    }

    private CommandResult execute(HostRef host, List<String> argv, byte[] stdin) {
        var nodes = root.resolve("nodes-" + host.name()).toString();
        return new LocalProcesses(root, root.resolve("bin")).run(argv, stdin, Map.of("STANDIN_NODES", nodes));
    }

    /** What the scripts wrote to this file of theirs. */
    List<String> noted(String name) {
        try {
            return new ArrayList<>(Files.readAllLines(root.resolve(name), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes all that was made for them. */
    @Override
    public void close() {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
