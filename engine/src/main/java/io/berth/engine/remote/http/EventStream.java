package io.berth.engine.remote.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events. Not thread-safe. */
public final class EventStream {
    private final BufferedReader lines;

    public EventStream(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** @param id of the message; empty when it has none */
    public record Message(String id, String event, String data) {}

    /** Waits for the next; empty at the end of the stream. */
    public Optional<Message> next() throws IOException {
        var id = "";
        var event = "message";
        var data = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    return Optional.of(new Message(id, event, data.toString()));
                }
                continue;
            }
            var colon = line.indexOf(':');
            var name = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : withoutBlank(line.substring(colon + 1));
            switch (name) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                default -> {
                    // a comment, which only says that somebody is there, or a field that isn't used
                }
            }
        }
        return Optional.empty();
    }

    private static String withoutBlank(String value) {
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
