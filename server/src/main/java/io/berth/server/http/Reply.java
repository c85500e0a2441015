package io.berth.server.http;

import io.berth.driver.Failure;
import io.berth.engine.wire.WireShapes;
import java.io.IOException;

/** An answer. */
public sealed interface Reply {
    /** @param tree of plain values, see {@link io.berth.engine.wire.Shape} */
    record Json(int status, Object tree) implements Reply {}

    /** @param type as in Content-Type */
    record Text(String type, String text) implements Reply {}

    /** Server-sent events, for as long as the source sends. */
    record Events(Source source) implements Reply {}

    /** Where events come from. */
    @FunctionalInterface
    interface Source {
        /** Returns when there is no more to tell. */
        void sendTo(Sink sink) throws IOException, InterruptedException;
    }

    /** Where events go. A client that takes nothing for too long is cut off. */
    interface Sink {
        /** @param data on one line */
        void send(long id, String event, String data) throws IOException;

        /** Only shows that somebody is there. A client that is gone is noticed by it. */
        void beat() throws IOException;
    }

    static Reply json(Object tree) {
        return new Json(200, tree);
    }

    static Reply failure(Failure failure) {
        return new Json(Statuses.of(failure), WireShapes.of(Failure.class).write(failure));
    }
}
