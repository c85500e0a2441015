package io.berth.transport;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads and writes frames: u32 length, u8 type, u32 id, payload, all little-endian. */
final class FrameCodec {
    /** Longest request, and so the most that a command's arguments and standard input may be together. */
    static final int REQUEST_LIMIT = 8 * 1024 * 1024;

    /** Longest answer: helpers send pieces of 32 KiB. */
    static final int ANSWER_LIMIT = 64 * 1024;

    private static final int LENGTH_BYTES = 4;
    private static final int HEAD_AFTER_LENGTH = 5;

    private FrameCodec() {}

    /**
     * The next frame.
     *
     * @throws EOFException at the end of the stream
     * @throws IOException also when what comes isn't a frame
     */
    static Frame read(InputStream from) throws IOException {
        var stream = new DataInputStream(from);
        var head = new byte[LENGTH_BYTES + HEAD_AFTER_LENGTH];
        stream.readFully(head);
        var numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        var length = Integer.toUnsignedLong(numbers.getInt());
        if (length < HEAD_AFTER_LENGTH || length > ANSWER_LIMIT) {
            throw new BadFrameException(head);
        }
        var type = FrameType.of(Byte.toUnsignedInt(numbers.get())).orElseThrow(() -> new BadFrameException(head));
        var id = numbers.getInt();
        var payload = new byte[(int) length - HEAD_AFTER_LENGTH];
        stream.readFully(payload);
        return new Frame(type, id, payload);
    }

    /** Writes the frame in one piece and flushes. */
    static void write(OutputStream to, Frame frame) throws IOException {
        var bytes = ByteBuffer.allocate(LENGTH_BYTES + HEAD_AFTER_LENGTH + frame.payload().length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(HEAD_AFTER_LENGTH + frame.payload().length)
                .put((byte) frame.type().number())
                .putInt(frame.id())
                .put(frame.payload());
        to.write(bytes.array());
        to.flush();
    }

    /** What came isn't a frame: something else than a helper speaks there. */
    static final class BadFrameException extends IOException {
        private static final long serialVersionUID = 1;

        private final byte[] head;

        BadFrameException(byte[] head) {
            super("not a frame");
            this.head = head.clone();
        }

        /** The bytes that came instead: often the beginning of a text that a login shell prints. */
        byte[] head() {
            return head.clone();
        }
    }
}
