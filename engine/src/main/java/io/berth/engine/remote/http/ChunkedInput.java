package io.berth.engine.remote.http;

import java.io.IOException;
import java.io.InputStream;

/** A body that comes in chunks, each behind its length (RFC 9112, 7.1). Extensions and trailers are passed over. */
final class ChunkedInput extends InputStream {
    private final InputStream in;
    private BoundedInput chunk;
    private boolean begun;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
        this.chunk = new BoundedInput(in, 0);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!ended) {
            var read = chunk.read(bytes, offset, length);
            if (read >= 0) {
                return read;
            }
            next();
        }
        return -1;
    }

    private void next() throws IOException {
        if (begun && !Exchange.line(in).isEmpty()) {
            throw new IOException("a chunk of the answer is longer than it says");
        }
        begun = true;
        var length = length(Exchange.line(in));
        chunk = new BoundedInput(in, length);
        if (length == 0) {
            ended = true;
            while (!Exchange.line(in).isEmpty()) {
                // trailers
            }
        }
    }

    private static long length(String line) throws IOException {
        var extension = line.indexOf(';');
        try {
            return Long.parseUnsignedLong((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
        } catch (NumberFormatException wrong) {
            throw new IOException("a chunk of the answer has no length", wrong);
        }
    }
}
