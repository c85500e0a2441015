package io.berth.storage.ceph;

import static io.berth.storage.files.FakeHelperTransport.failed;
import static io.berth.storage.files.FakeHelperTransport.ok;

import io.berth.driver.host.CommandResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fake of what one host has of a cluster's images: mappings, daemons that show files, loop devices over those, small
 * files in /run. Not thread-safe.
 */
final class FakeCephHost {
    final List<Device> devices = new ArrayList<>();
    final Map<String, Export> exports = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final FakeCluster cluster;
    final String address;
    private int made = 1;

    private String newClient() {
        return address + ":0/" + (70_000 + made);
    }

    /** @param address of all clients on it */
    FakeCephHost(FakeCluster cluster, String address) {
        this.cluster = cluster;
        this.address = address;
    }

    /** A block device. A mapping has its image's size, a loop device the one that its file had when it last looked. */
    static final class Device {
        final String type;
        final String path;
        final String image;
        String file = "";
        long loopSize;
        final String client;
        int holders;

        Device(String type, String path, String image, String client) {
            this.type = type;
            this.path = path;
            this.image = image;
            this.client = client;
        }
    }

    /** A storage daemon, and the mount that outlives it when it is killed. */
    static final class Export {
        final String argument;
        final String image;
        final int process;
        final String client;
        boolean runs = true;
        long size;

        Export(String argument, String image, int process, String client, long size) {
            this.argument = argument;
            this.image = image;
            this.process = process;
            this.client = client;
            this.size = size;
        }
    }

    Optional<Device> device(String path) {
        return devices.stream().filter(device -> device.path.equals(path)).findFirst();
    }

    /** Those that have the image open, and that the cluster doesn't refuse. */
    Stream<String> watchers(String image) {
        return Stream.concat(
                        devices.stream()
                                .filter(device -> !device.type.equals("loop") && device.image.equals(image))
                                .map(device -> device.client),
                        exports.values().stream()
                                .filter(export -> export.runs && export.image.equals(image))
                                .map(export -> export.client))
                .filter(client -> !cluster.refused.contains(client));
    }

    long size(Device device) {
        return device.type.equals("loop") ? device.loopSize : image(device.image).size;
    }

    private FakeImage image(String name) {
        return Optional.ofNullable(cluster.images.get(name)).orElseThrow(() -> new AssertionError("no image " + name));
    }

    CommandResult map(String type, String image) {
        if (!cluster.images.containsKey(image)) {
            return failed(2, "rbd: error opening image " + image + ": (2) No such file or directory");
        }
        var path = (type.equals("nbd") ? "/dev/nbd" : "/dev/rbd") + made++;
        devices.add(new Device(type, path, image, newClient()));
        return ok(path + "\n");
    }

    CommandResult unmap(String type, String image) {
        var device = devices.stream()
                .filter(each -> each.type.equals(type) && each.image.equals(image))
                .findFirst();
        if (device.isEmpty()) {
            return failed(22, "rbd: " + image + ": not a mapped image or snapshot");
        }
        if (device.get().holders > 0) {
            return failed(16, "rbd: sysfs write failed");
        }
        devices.remove(device.get());
        return ok("");
    }

    /** The kernel's client and rbd-nbd name the image differently. */
    String mapped(String type) {
        var name = type.equals("nbd") ? "image" : "name";
        return devices.stream()
                .filter(device -> device.type.equals(type))
                .map(device -> """
                    {"id":"%s","pool":"vms","namespace":"","%s":"%s","snap":"-","device":"%s"}\
                    """.formatted(device.path.replaceAll("\\D", ""), name, device.image, device.path))
                .collect(Collectors.joining(",", "[", "]\n"));
    }

    CommandResult startDaemon(String argument, String file, String image) {
        if (!cluster.images.containsKey(image)) {
            return failed(25, "ended: qemu-storage-daemon ended with exit code 1 before it was ready");
        }
        exports.put(file, new Export(argument, image, 4000 + made++, newClient(), image(image).size));
        return ok("");
    }

    String daemons(String argument) {
        return exports.values().stream()
                .filter(export -> export.runs && export.argument.equals(argument))
                .map(export -> export.process + "\n")
                .collect(Collectors.joining());
    }

    /** In good order: it takes its mount with it, and the kernel forgets the file's name. */
    void endDaemon(String process) {
        exports.entrySet().stream()
                .filter(export -> Integer.toString(export.getValue().process).equals(process))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::unmount);
    }

    void unmount(String file) {
        exports.remove(file);
        devices.stream().filter(device -> device.file.equals(file)).forEach(device -> device.file = "/");
    }

    String mounts() {
        return exports.keySet().stream()
                .map(file -> "99 25 0:44 / " + file + " rw,nosuid - fuse.qsd qsd rw\n")
                .collect(Collectors.joining());
    }

    CommandResult losetup(List<String> argv) {
        return switch (argv.get(1)) {
            case "--list" ->
                ok(devices.stream()
                        .filter(device -> device.type.equals("loop"))
                        .map(device -> device.path + " 0 " + device.file + "\n")
                        .collect(Collectors.joining()));
            case "--find" -> loop(argv.getLast());
            case "--detach" -> {
                devices.removeIf(device -> device.path.equals(argv.getLast()));
                yield ok("");
            }
            case "--set-capacity" -> {
                var device = device(argv.getLast()).orElseThrow();
                device.loopSize = Optional.ofNullable(exports.get(device.file)).orElseThrow().size;
                yield ok("");
            }
            default -> failed(1, "losetup: unknown option " + argv.get(1));
        };
    }

    private CommandResult loop(String file) {
        var export = exports.get(file);
        if (export == null || !export.runs) {
            return failed(1, "losetup: " + file + ": Transport endpoint is not connected");
        }
        var device = new Device("loop", "/dev/loop" + made++, export.image, export.client);
        device.file = file;
        device.loopSize = export.size;
        devices.add(device);
        return ok(device.path + "\n");
    }

    CommandResult file(String command, String path, String content) {
        return switch (command) {
            case "make-folder" -> ok("");
            case "replace" -> {
                files.put(path, content);
                yield ok("");
            }
            case "read" ->
                Optional.ofNullable(files.get(path))
                        .map(text -> ok(text))
                        .orElseGet(() -> failed(20, "absent: " + path));
            case "device-size" ->
                device(path).map(device -> ok(size(device) + "\n")).orElseGet(() -> failed(20, "absent: " + path));
            default -> failed(22, "usage: no command " + command);
        };
    }

    void remove(List<String> paths) {
        paths.forEach(files::remove);
    }

    /** What attaching made and detaching must take away. */
    List<String> traces() {
        var traces = new ArrayList<>(files.keySet());
        devices.forEach(device -> traces.add(device.path));
        traces.addAll(exports.keySet());
        return traces;
    }
}
