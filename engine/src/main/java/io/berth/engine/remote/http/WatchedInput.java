package io.berth.engine.remote.http;

import java.io.IOException;
import java.io.InputStream;

/** Another stream, whose silence is noticed. */
final class WatchedInput extends InputStream {
    private final InputStream in;
    private final Vigil vigil;

    WatchedInput(InputStream in, Vigil vigil) {
        this.in = in;
        this.vigil = vigil;
    }

    @Override
    public int read() throws IOException {
        return vigil.within(in::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return vigil.within(() -> in.read(bytes, offset, length));
    }
}
