package io.berth.server;

import io.berth.engine.wire.Method;
import io.berth.engine.wire.PathTemplate;
import io.berth.server.http.Reply;
import io.berth.server.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of the interface, written by hand; a test holds the code to it. */
final class Description {
    static final PathTemplate PATH = new PathTemplate("/openapi.yaml");

    private Description() {}

    static Route route() {
        return new Route(Method.GET, PATH, _ -> new Reply.Text("application/yaml", text()));
    }

    static String text() {
        try (var file = Description.class.getResourceAsStream("openapi.yaml")) {
            if (file == null) {
                throw new IllegalStateException("this build has no openapi.yaml");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
