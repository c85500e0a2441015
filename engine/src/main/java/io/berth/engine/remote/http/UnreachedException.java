package io.berth.engine.remote.http;

import java.io.IOException;
import java.io.Serial;

/** There is no connection: whatever was to be sent wasn't. */
public final class UnreachedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    UnreachedException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
