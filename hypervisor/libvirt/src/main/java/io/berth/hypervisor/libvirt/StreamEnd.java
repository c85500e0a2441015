package io.berth.hypervisor.libvirt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Recognises the end of QEMU's migration stream: an end mark (0x00), then the section that describes the machine
 * (0x06, its length as a big-endian 32-bit number, JSON text). The JSON holds no zero byte and nothing follows, so on a
 * device that was zero before, the last byte that isn't zero is the JSON's last.
 *
 * <p>The guest decides what its memory holds, so that this pattern may stand anywhere in the image; it counts only at
 * the very end of what was written.
 */
final class StreamEnd {
    private static final byte[] OPENING = "{\"".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX = 6;

    private StreamEnd() {}

    /** Index behind the last byte that isn't zero; empty when all are. */
    static OptionalInt lastUsed(byte[] bytes) {
        for (var i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != 0) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether {@code bytes} end with an end mark and a machine description of exactly the length it gives. */
    static boolean endsWithDescription(byte[] bytes) {
        if (bytes.length < PREFIX + OPENING.length || bytes[bytes.length - 1] != '}') {
            return false;
        }
        var buffer = ByteBuffer.wrap(bytes);
        // The JSON has no zero byte, and a length below 16 MiB begins with one: the last zero byte is in the prefix.
        for (var i = bytes.length - PREFIX - OPENING.length; i >= 0; i--) {
            if (bytes[i] == 0
                    && bytes[i + 1] == 6
                    && buffer.getInt(i + 2) == bytes.length - i - PREFIX
                    && bytes[i + PREFIX] == OPENING[0]
                    && bytes[i + PREFIX + 1] == OPENING[1]) {
                return true;
            }
        }
        return false;
    }
}
