package io.berth.engine.remote.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request.
 *
 * @param target path and query, encoded
 * @param headers without those that follow from the rest
 */
public record Request(String method, String target, Map<String, String> headers, Optional<String> body) {
    public Request {
        headers = Map.copyOf(headers);
    }

    byte[] bytes() {
        var content = body.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
        var all = new LinkedHashMap<String, String>();
        all.put("Host", "berth");
        all.put("Connection", "close");
        all.putAll(headers);
        if (body.isPresent()) {
            all.put("Content-Type", "application/json");
            all.put("Content-Length", Integer.toString(content.length));
        }
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        var start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        var bytes = new byte[start.length + content.length];
        System.arraycopy(start, 0, bytes, 0, start.length);
        System.arraycopy(content, 0, bytes, start.length, content.length);
        return bytes;
    }
}
