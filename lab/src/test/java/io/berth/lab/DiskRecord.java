package io.berth.lab;

import io.berth.tck.HypervisorWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** What a guest of the lab has written to its disk last: {@code lab/guest/tick.c}. */
record DiskRecord(String nonce, long tick) {
    private static final int MAGIC = 16;
    private static final int LENGTH = MAGIC + 3 * Long.BYTES;

    /** Empty when there is no such disk. A disk that was never written to has a record of zeros. */
    static Optional<DiskRecord> read(Path disk) {
        var bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        try (var file = FileChannel.open(disk)) {
            var read = file.read(bytes, 0);
            return read < LENGTH ? Optional.empty() : Optional.of(parse(bytes));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static DiskRecord parse(ByteBuffer bytes) {
        var nonce = "%016x%016x".formatted(bytes.getLong(MAGIC), bytes.getLong(MAGIC + Long.BYTES));
        return new DiskRecord(nonce, bytes.getLong(MAGIC + 2 * Long.BYTES));
    }

    /** A guest writes before it tells, and may write the next meanwhile. */
    boolean isNotBefore(HypervisorWorld.Pulse spoken) {
        return nonce.equals(spoken.nonce()) && tick >= spoken.ticks();
    }
}
