package io.berth.storage.ceph;

import static io.berth.storage.files.FakeHelperTransport.failed;
import static io.berth.storage.files.FakeHelperTransport.ok;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.storage.files.FakePrograms;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stand-ins for rbd, rbd-nbd, qemu-storage-daemon, losetup and the helper on fake hosts, over one {@link FakeCluster}.
 * They answer as the real ones were recorded to.
 */
final class FakeCephPrograms implements FakePrograms {
    final FakeCluster cluster = new FakeCluster();
    private final Map<HostRef, FakeCephHost> hosts = new HashMap<>();
    private final AttachWay way;

    /** @param way the only one that the hosts have what it takes for */
    FakeCephPrograms(AttachWay way) {
        this.way = way;
    }

    FakeCephHost on(HostRef host) {
        return hosts.computeIfAbsent(host, any -> new FakeCephHost(cluster, "10.77.1." + (hosts.size() + 1)));
    }

    @Override
    public Optional<CommandResult> run(HostRef host, List<String> argv) {
        throw new AssertionError("never without standard input");
    }

    @Override
    public Optional<CommandResult> run(HostRef host, List<String> argv, byte[] stdin) {
        var own = on(host);
        return Optional.of(
                switch (argv.getFirst()) {
                    case HostCommand.HELPER -> helper(own, argv.subList(1, argv.size()), stdin);
                    case "rbd" -> rbd(own, argv);
                    case "rbd-nbd" -> possible(AttachWay.NBD);
                    case "qemu-storage-daemon" -> possible(AttachWay.EXPORT);
                    case "hostname" -> ok(own.address + " fd00::1 \n");
                    case "modprobe" -> failed(1, "");
                    case "test" -> test(own, argv);
                    case "cat" -> ok(own.mounts());
                    case "losetup" -> own.losetup(argv);
                    case "find" ->
                        ok("/proc/4711/fd/5\n"
                                .repeat(own.device(argv.getLast())
                                        .map(device -> device.holders)
                                        .orElse(0)));
                    case "umount" -> {
                        own.unmount(argv.getLast());
                        yield ok("");
                    }
                    case "truncate" -> {
                        var export = Optional.ofNullable(own.exports.get(argv.getLast()))
                                .orElseThrow();
                        export.size = Long.parseLong(argv.get(2).substring("--size=".length()));
                        yield ok("");
                    }
                    default -> failed(127, argv.getFirst() + ": not found");
                });
    }

    private CommandResult possible(AttachWay asked) {
        return asked == way ? ok("version 1\n") : failed(127, "not found");
    }

    private CommandResult test(FakeCephHost own, List<String> argv) {
        return switch (argv.get(2)) {
            case "/sys/bus/rbd" -> way == AttachWay.KRBD ? ok("") : failed(1, "");
            case "/sys/module/nbd" -> way == AttachWay.NBD ? ok("") : failed(1, "");
            case "/dev/fuse" -> way == AttachWay.EXPORT ? ok("") : failed(1, "");
            default -> own.device(argv.get(2)).isPresent() ? ok("") : failed(1, "");
        };
    }

    private CommandResult helper(FakeCephHost own, List<String> argv, byte[] stdin) {
        var command = argv.getFirst();
        if (command.startsWith("ceph-")) {
            return cluster.helper(command, argv.subList(1, argv.size()), stdin);
        }
        return switch (command) {
            case "daemon-start" -> {
                var blockdev = argv.get(argv.indexOf("--blockdev") + 1);
                var export = argv.get(argv.indexOf("--export") + 1);
                yield own.startDaemon(export, part(export, "mountpoint="), part(blockdev, "image="));
            }
            case "daemon-find" -> ok(own.daemons(argv.get(2)));
            case "daemon-end" -> {
                own.endDaemon(argv.get(1));
                yield ok("");
            }
            case "remove" -> {
                own.remove(argv.subList(1, argv.size()));
                yield ok("");
            }
            default -> own.file(command, argv.get(1), new String(stdin, StandardCharsets.UTF_8));
        };
    }

    private static String part(String options, String name) {
        return Arrays.stream(options.split(","))
                .filter(option -> option.startsWith(name))
                .map(option -> option.substring(name.length()))
                .findFirst()
                .orElseThrow();
    }

    private CommandResult rbd(FakeCephHost own, List<String> argv) {
        var words = String.join(
                " ",
                argv.stream().skip(1).takeWhile(word -> !word.startsWith("-")).toList());
        return switch (words) {
            case "" -> ok("ceph version 16.2.15\n");
            case "device list" -> ok(own.mapped(type(argv)));
            case "device map" -> own.map(type(argv), value(argv, "--image"));
            case "device unmap" -> own.unmap(type(argv), value(argv, "--image"));
            default -> onImage(words, value(argv, "--image"), argv);
        };
    }

    private static String type(List<String> argv) {
        return value(argv, "--device-type");
    }

    private static String value(List<String> argv, String option) {
        return argv.get(argv.indexOf(option) + 1);
    }

    private CommandResult onImage(String words, String name, List<String> argv) {
        if (words.equals("create")) {
            return cluster.images.putIfAbsent(name, new FakeImage(size(argv))) == null
                    ? ok("")
                    : failed(17, "rbd: create error: (17) File exists");
        }
        var image = cluster.images.get(name);
        if (image == null) {
            return failed(2, "rbd: error opening image " + name + ": (2) No such file or directory");
        }
        return switch (words) {
            case "resize" -> {
                image.size = size(argv);
                yield ok("");
            }
            case "rm" -> remove(name, image);
            case "snap purge" -> {
                image.snapshots = 0;
                yield ok("");
            }
            case "status" ->
                ok(watchers(name, image)
                        .map(address -> "{\"address\":\"" + address + "\",\"client\":4323,\"cookie\":1}")
                        .collect(Collectors.joining(",", "{\"watchers\":[", "]}\n")));
            case "du" ->
                ok("{\"images\":[{\"name\":\"%s\",\"id\":\"10\",\"provisioned_size\":%d,\"used_size\":%d}]}\n"
                        .formatted(name, image.size, image.used()));
            default -> failed(22, "rbd: no command " + words);
        };
    }

    private CommandResult remove(String name, FakeImage image) {
        if (image.snapshots > 0) {
            return failed(39, "rbd: image has snapshots");
        }
        if (watchers(name, image).findAny().isPresent()) {
            return failed(16, "rbd: error: image still has watchers");
        }
        cluster.images.remove(name);
        return ok("");
    }

    private Stream<String> watchers(String name, FakeImage image) {
        return Stream.concat(
                image.strangers.stream().filter(client -> !cluster.refused.contains(client)),
                hosts.values().stream().flatMap(host -> host.watchers(name)));
    }

    private static long size(List<String> argv) {
        return Long.parseLong(value(argv, "--size")) << 20;
    }
}
