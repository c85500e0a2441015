package io.berth.bench.stage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads from Berth's log at DEBUG when commands ran on hosts. */
final class CommandLog {
    private static final Pattern LINE = Pattern.compile(
            "(\\S+) DEBUG operation=\\S+ event=(command|connected) host=(\\S+) .*?microseconds=(\\d+)\\b.*");

    private CommandLog() {}

    /**
     * When a command ran, but for the time in which it only waited for the connection to be made: that is Berth's own.
     */
    static List<Span> commands(List<String> lines) {
        var connections = spans(lines, "connected");
        var result = new ArrayList<Span>();
        spans(lines, "command")
                .forEach(
                        (host, spans) -> result.addAll(Span.without(spans, connections.getOrDefault(host, List.of()))));
        return List.copyOf(result);
    }

    /** When connections were made. */
    static List<Span> connections(List<String> lines) {
        return spans(lines, "connected").values().stream().flatMap(List::stream).toList();
    }

    private static Map<String, List<Span>> spans(List<String> lines, String event) {
        var found = new TreeMap<String, List<Span>>();
        for (var line : lines) {
            var matcher = LINE.matcher(line);
            if (matcher.matches() && matcher.group(2).equals(event)) {
                // The line is written at the end.
                var end = ChronoUnit.MICROS.between(
                        Instant.EPOCH, OffsetDateTime.parse(matcher.group(1)).toInstant());
                found.computeIfAbsent(matcher.group(3), _ -> new ArrayList<>())
                        .add(new Span(end - Long.parseLong(matcher.group(4)), end));
            }
        }
        return found;
    }
}
