package io.berth.core.step;

import io.berth.driver.DataSize;
import io.berth.driver.OperationId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.LongStream;

/**
 * What a rehearsal writes to both ends of its volume: bytes that nothing but this operation can have put there, so that
 * neither an old block nor another volume's passes for them.
 */
final class Sample {
    /** Several blocks of any storage. */
    static final int LENGTH = 64 * 1024;

    private Sample() {}

    /** Where on a device samples lie. */
    static LongStream places(DataSize span) {
        return LongStream.of(0, span.bytes() - LENGTH);
    }

    /** The bytes of one place. */
    static byte[] at(OperationId operation, long place) {
        var digest = sha256();
        var sample = ByteBuffer.allocate(LENGTH);
        for (var piece = 0; sample.hasRemaining(); piece++) {
            var name = operation + " " + place + " " + piece;
            sample.put(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        }
        return sample.array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has it", impossible);
        }
    }
}
