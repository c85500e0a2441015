package io.berth.lab;

import java.util.HashMap;
import java.util.Map;

/**
 * What a guest has said of itself, as {@code lab oracle} sums it up.
 *
 * @param nonce drawn at boot and kept in memory alone; empty when it never ticked
 * @param memory the last tick's number
 * @param ticks how many were seen
 * @param line last line of the console that was read: judge from there next time
 * @param text all of it
 */
public record Testimony(String nonce, long memory, long ticks, long line, String text) {
    static Testimony parse(String text) {
        Map<String, String> fields = new HashMap<>();
        for (var word : text.split("\\s+")) {
            var equals = word.indexOf('=');
            if (equals > 0) {
                fields.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return new Testimony(
                fields.getOrDefault("nonce", ""),
                number(fields, "memory"),
                number(fields, "ticks"),
                number(fields, "line"),
                text);
    }

    private static long number(Map<String, String> fields, String name) {
        var value = fields.getOrDefault(name, "");
        return value.matches("[0-9]+") ? Long.parseLong(value) : 0;
    }
}
