package io.berth.hypervisor.libvirt;

import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads how much was written to a device since the host started: seventh number of {@code /sys/class/block/NAME/stat},
 * in sectors of 512 bytes whatever the device's own are (the kernel's Documentation/block/stat).
 */
final class WriteCounter {
    private static final int SECTORS_WRITTEN = 6;
    private static final long SECTOR = 512;

    private final Virsh virsh;

    WriteCounter(Virsh virsh) {
        this.virsh = virsh;
    }

    /** Path of the counter of the device that {@code target} is or leads to; empty when the path can't be resolved. */
    Optional<String> locate(HostRef host, DevicePath target) {
        var resolved = virsh.look(host, "readlink", "-f", "--", target.path());
        var path = resolved.output().strip();
        if (!resolved.succeeded() || !path.startsWith("/dev/")) {
            return Optional.empty();
        }
        // The kernel writes ! where a device's name has a slash.
        var name = path.substring("/dev/".length()).replace('/', '!');
        return Optional.of("/sys/class/block/" + name + "/stat");
    }

    /** Bytes written; empty where the device counts nothing. */
    OptionalLong read(HostRef host, String counter) {
        var answer = virsh.look(host, "cat", counter);
        return answer.succeeded() ? parse(answer.output()) : OptionalLong.empty();
    }

    static OptionalLong parse(String text) {
        var numbers = text.strip().split("\\s+");
        try {
            return numbers.length > SECTORS_WRITTEN
                    ? OptionalLong.of(Math.multiplyExact(Long.parseLong(numbers[SECTORS_WRITTEN]), SECTOR))
                    : OptionalLong.empty();
        } catch (NumberFormatException | ArithmeticException odd) {
            return OptionalLong.empty();
        }
    }
}
