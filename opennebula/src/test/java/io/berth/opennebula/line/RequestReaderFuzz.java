package io.berth.opennebula.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Whatever comes through the pipe, and in whatever pieces: each whole line is a request or noise, and none costs another. */
public final class RequestReaderFuzz {
    private RequestReaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        var lines = readAll(new ByteArrayInputStream(bytes));

        lines.forEach(RequestReaderFuzz::assertUsable);
        assertThat(lines)
                .hasSize((int) wholeLines(bytes).filter(line -> !line.isBlank()).count());
        var middle = bytes.length / 2;
        assertThat(readAll(new SequenceInputStream(
                        new ByteArrayInputStream(bytes, 0, middle),
                        new ByteArrayInputStream(bytes, middle, bytes.length - middle))))
                .isEqualTo(lines);
    }

    private static void assertUsable(Incoming line) {
        switch (line) {
            case Incoming.Request(var action, var id, var arguments) -> {
                assertThat(action).matches("[A-Z][A-Z_]{0,63}");
                assertThat(id).isGreaterThanOrEqualTo(-1);
                assertThat(arguments).noneMatch(word -> word.isEmpty() || word.contains(" ") || word.contains("\n"));
            }
            case Incoming.Overlong(var action, var _) -> assertThat(action).isNotEmpty();
            case Incoming.Noise(var why) -> assertThat(why).isNotEmpty().doesNotContain("\n");
        }
    }

    private static Stream<String> wholeLines(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        return Arrays.stream(text.split("\n", -1))
                .limit(text.chars().filter(it -> it == '\n').count())
                .map(line -> new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static List<Incoming> readAll(InputStream stream) throws IOException {
        var reader = new RequestReader(stream);
        var found = new ArrayList<Incoming>();
        for (var next = reader.read(); next.isPresent(); next = reader.read()) {
            found.add(next.get());
        }
        return found;
    }
}
