package io.berth.storage.records;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code key=value} lines between a first line that names what they are and in which format, and a last one with their
 * SHA-256. First and last line are the same in every format for ever, so that a reader can tell damage from news.
 *
 * @param format 1 or more
 * @param values in the order they are written; keys are words with dots and dashes, values anything
 */
public record SealedLines(String kind, int format, Map<String, String> values) {
    private static final Pattern FIRST = Pattern.compile("([a-z-]+) ([1-9][0-9]{0,5})");
    private static final String SEAL = "sha256=";

    public String encode() {
        var text = new StringBuilder(kind).append(' ').append(format).append('\n');
        values.forEach((key, value) ->
                text.append(key).append('=').append(EscapedText.escape(value)).append('\n'));
        return text + SEAL + digest(text.toString()) + "\n";
    }

    /** Empty when it is cut, changed, or never was such a text. */
    public static Optional<SealedLines> decode(String text) {
        var last = text.lastIndexOf('\n', text.length() - 2) + 1;
        var body = text.substring(0, last);
        if (!text.substring(last).equals(SEAL + digest(body) + "\n")) {
            return Optional.empty();
        }
        var lines = body.split("\n");
        var first = FIRST.matcher(lines[0]);
        if (!first.matches()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (var i = 1; i < lines.length; i++) {
            var equals = lines[i].indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            try {
                values.put(lines[i].substring(0, equals), EscapedText.unescape(lines[i].substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new SealedLines(first.group(1), Integer.parseInt(first.group(2)), values));
    }

    private static String digest(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
