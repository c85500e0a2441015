package io.berth.server.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/**
 * Cuts off who begins a request's head and doesn't come to its end: the library has a time for a connection's first line
 * and none for what follows. Each connection has a thread. Thread-safe.
 */
final class HeadWatch implements Http1ConnectionListener {
    private static final ThreadLocal<Deadline.Alarm> ALARMS = new ThreadLocal<>();

    private final Deadline deadline;

    HeadWatch(Deadline deadline) {
        this.deadline = deadline;
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        ALARMS.set(deadline.set());
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        try (var _ = ALARMS.get()) {
            ALARMS.remove();
        }
    }
}
