package io.berth.hypervisor.libvirt;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds how long an image is that libvirt wrote: neither its header nor libvirt says.
 *
 * <p>The writer puts byte after byte from the start on, each at least once, so that the image ends at or before what the
 * device counted as written; what lies behind was cleared before (the engine's part, {@code HostDevices.clear}) and
 * reads zero. From there back, the first byte that isn't zero has to be the last of the machine description that ends
 * QEMU's stream ({@link StreamEnd}): then the length is exact. A guest can't fake that end, since it decides nothing
 * that is written after its memory.
 *
 * <p>Where that can't be seen (a device that counts nothing, a machine type that writes no description) the answer is an
 * upper bound: the count rounded up, or the device's whole size. Too long costs space. Too short would cost the guest,
 * because what lies behind is given back to the storage.
 */
final class ImageLength {
    /** Longest machine description looked for; that of a guest with a few hundred devices has 2 MiB. */
    private static final int LONGEST_DESCRIPTION = 8 << 20;

    /** How far back from the count the end is looked for: the writer's rewritten blocks and its last block's padding. */
    private static final int FARTHEST = 8 << 20;

    /** What is read first, before the count: a common guest's description has 100 KiB, and the padding is short. */
    private static final int BEFORE = 192 << 10;

    /** What is read behind the count. Memory in QEMU's stream never has as many zero bytes on end. */
    private static final int BEHIND = 64 << 10;

    private static final DataSize BLOCK = DataSize.ofKibibytes(4);

    private final DeviceBytes devices;

    ImageLength(DeviceBytes devices) {
        this.devices = devices;
    }

    /** @param written bytes that the device counted from before the writer began until after it ended */
    DataSize find(HostRef host, DevicePath device, DataSize capacity, OptionalLong written) {
        if (written.isEmpty()) {
            return capacity;
        }
        var counted = new DataSize(Math.min(written.getAsLong(), capacity.bytes()))
                .roundUpTo(BLOCK)
                .bytes();
        var from = Math.max(0, counted - BEFORE);
        var to = Math.min(capacity.bytes(), counted + BEHIND);
        var around = devices.read(host, device, from, (int) (to - from));
        var used = StreamEnd.lastUsed(around).orElse(0);
        // A count that came too early would cut the image off: then the data goes on behind it.
        var bound = from + used > counted ? capacity.bytes() : Math.min(counted, capacity.bytes());
        if (bound == counted && StreamEnd.endsWithDescription(Arrays.copyOf(around, used))) {
            return new DataSize(from + used);
        }
        var end = lastUsed(host, device, bound);
        return new DataSize(end >= 0 && describes(host, device, end) ? end : bound);
    }

    /** Offset behind the last byte that isn't zero before {@code bound}; -1 when that is too far away. */
    private long lastUsed(HostRef host, DevicePath device, long bound) {
        for (var from = bound; from > 0 && bound - from < FARTHEST; ) {
            var length = (int) Math.min(DeviceBytes.PIECE, from);
            from -= length;
            OptionalInt used = StreamEnd.lastUsed(devices.read(host, device, from, length));
            if (used.isPresent()) {
                return from + used.getAsInt();
            }
        }
        return -1;
    }

    private boolean describes(HostRef host, DevicePath device, long end) {
        var tail = new byte[0];
        while (tail.length < Math.min(LONGEST_DESCRIPTION, end)) {
            var length = (int) Math.min(DeviceBytes.PIECE, end - tail.length);
            var piece = devices.read(host, device, end - tail.length - length, length);
            var longer = Arrays.copyOf(piece, piece.length + tail.length);
            System.arraycopy(tail, 0, longer, piece.length, tail.length);
            tail = longer;
            if (StreamEnd.endsWithDescription(tail)) {
                return true;
            }
            // The description holds no zero byte, so this one would be before it; unless its prefix was cut in two.
            if (hasZero(piece, 6)) {
                return false;
            }
        }
        return false;
    }

    private static boolean hasZero(byte[] bytes, int from) {
        for (var i = from; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
