package io.berth.storage.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stand-in for the loop devices of one kernel that all fake hosts share, as hosts in containers do: a host sees the
 * others' devices in the list, but only its own have nodes. Not thread-safe; its user locks.
 */
final class FakeKernel {
    private final List<Device> devices = new ArrayList<>();
    private int made;

    /** A device whose size is the file's when it was last looked at. */
    static final class Device {
        final String name;
        final String host;
        final Path file;
        final Object inode;
        long size;
        int holders;
        boolean leaving;

        private Device(String name, String host, Path file) {
            this.name = name;
            this.host = host;
            this.file = file;
            this.inode = inodeOf(file);
            this.size = sizeOf(file);
        }

        boolean isOver(Path other) {
            return Files.exists(other) && inode.equals(inodeOf(other));
        }

        boolean fileIsDeleted() {
            return !isOver(file);
        }

        void readSizeAnew() {
            size = sizeOf(file);
        }
    }

    Device attach(String host, Path file) {
        var there = devices.stream()
                .filter(device -> device.host.equals(host) && device.isOver(file))
                .findFirst();
        if (there.isPresent()) {
            return there.get();
        }
        // Numbers are never used again, so that a path that was kept too long leads nowhere.
        var device = new Device("/dev/loop" + (64 + made++), host, file);
        devices.add(device);
        return device;
    }

    void detach(Device device) {
        device.leaving = true;
        settle();
    }

    void release(Device device) {
        device.holders--;
        settle();
    }

    private void settle() {
        devices.removeIf(device -> device.leaving && device.holders == 0);
    }

    List<Device> all() {
        return List.copyOf(devices);
    }

    Optional<Device> node(String onHost, String deviceName) {
        return devices.stream()
                .filter(device -> device.host.equals(onHost) && device.name.equals(deviceName))
                .findFirst();
    }

    private static Object inodeOf(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
