package io.berth.engine.remote.http;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/** The other side is there and says nothing. */
public final class SilentException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    SilentException(Duration limit) {
        super("nothing came for " + limit.toMillis() + " ms");
    }
}
