package io.berth.opennebula.line;

import io.berth.driver.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads requests: {@code ACTION ID PAYLOAD} up to OpenNebula 5.12, {@code ACTION STATUS ID PAYLOAD} with an empty status
 * (two spaces) since. Any run of blanks separates. A line that isn't ended by a newline was cut off and is no request.
 * For one thread.
 */
public final class RequestReader {
    /** Longest line that is kept, in bytes: a payload of 10 MB in base64, with room. */
    public static final int LONGEST = 16 << 20;

    private static final Pattern BLANKS = Pattern.compile("[ \t\r\f\u000b]+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern ACTION = Pattern.compile("[A-Za-z][A-Za-z_]{0,63}");

    private final InputStream stream;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;

    public RequestReader(InputStream stream) {
        this.stream = stream;
    }

    /**
     * Waits for the next line that isn't empty.
     *
     * @return empty at the end of the stream
     */
    public Optional<Incoming> read() throws IOException {
        for (var line = line(); line.isPresent(); line = line()) {
            var incoming = incoming(line.get());
            if (incoming.isPresent()) {
                return incoming;
            }
        }
        return Optional.empty();
    }

    private static Optional<Incoming> incoming(Line line) {
        if (line.text().isBlank()) {
            return Optional.empty();
        }
        // A leading blank is malformed to the stock driver as well.
        if (BLANKS.matcher(line.text().substring(0, 1)).matches()) {
            return Optional.of(new Incoming.Noise("a line that begins with a blank"));
        }
        var words = List.of(BLANKS.split(line.text()));
        if (!ACTION.matcher(words.getFirst()).matches()) {
            return Optional.of(
                    new Incoming.Noise("a line that begins with '" + Printable.line(words.getFirst()) + "'"));
        }
        var action = words.getFirst().toUpperCase(Locale.ROOT);
        var hasId = words.size() > 1 && NUMBER.matcher(words.get(1)).matches();
        var id = hasId ? Integer.parseInt(words.get(1)) : -1;
        if (line.overlong()) {
            return Optional.of(new Incoming.Overlong(action, id));
        }
        if (words.size() > 1 && !hasId) {
            return Optional.of(new Incoming.Noise(action + " with the id '" + Printable.line(words.get(1)) + "'"));
        }
        return Optional.of(new Incoming.Request(action, id, words.subList(Math.min(2, words.size()), words.size())));
    }

    /** @param text of an overlong line only the beginning */
    private record Line(String text, boolean overlong) {}

    private Optional<Line> line() throws IOException {
        var collected = new ByteArrayOutputStream();
        var overlong = false;
        while (true) {
            if (next == end) {
                next = 0;
                end = stream.read(buffer);
                if (end < 0) {
                    end = 0;
                    return Optional.empty();
                }
            }
            var newline = indexOfNewline();
            var until = newline < 0 ? end : newline;
            if (!overlong && collected.size() + until - next > LONGEST) {
                overlong = true;
                var beginning = Arrays.copyOf(collected.toByteArray(), 256);
                collected.reset();
                collected.writeBytes(beginning);
            }
            if (!overlong) {
                collected.write(buffer, next, until - next);
            }
            next = newline < 0 ? end : newline + 1;
            if (newline >= 0) {
                return Optional.of(new Line(collected.toString(StandardCharsets.UTF_8), overlong));
            }
        }
    }

    private int indexOfNewline() {
        for (var i = next; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
