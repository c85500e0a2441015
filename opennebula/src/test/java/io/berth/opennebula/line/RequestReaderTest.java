package io.berth.opennebula.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.line.Incoming.Noise;
import io.berth.opennebula.line.Incoming.Overlong;
import io.berth.opennebula.line.Incoming.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final Request SAVE = new Request("SAVE", 5, List.of("PFZN"));

    /** The first form is that of 5.12, which was not recorded; the second that of 6.0 and later. */
    @ParameterizedTest
    @ValueSource(strings = {"SAVE 5 PFZN", "SAVE  5 PFZN", "save 5 PFZN", "SAVE\t5\tPFZN  ", "SAVE  5 PFZN\r"})
    void aRequestIsReadInTheFormOfAnyVersion(String line) throws IOException {
        assertThat(read(line + "\n")).containsExactly(SAVE);
    }

    @Test
    void aRequestMayHaveNothingBehindItsId() throws IOException {
        assertThat(read("INIT\nDRIVER_CANCEL  7 \nDRIVER_CANCEL 7\nSAVE  5\n"))
                .containsExactly(
                        new Request("INIT", -1, List.of()),
                        new Request("DRIVER_CANCEL", 7, List.of()),
                        new Request("DRIVER_CANCEL", 7, List.of()),
                        new Request("SAVE", 5, List.of()));
    }

    @Test
    void emptyLinesAreNothing() throws IOException {
        assertThat(read("\n\r\n   \nSAVE 5 PFZN\n\n")).containsExactly(SAVE);
    }

    @Test
    void aLineThatWasCutOffIsNoRequest() throws IOException {
        assertThat(read("SAVE  5 PFZN\nSAVE  6 PF")).containsExactly(SAVE);
    }

    @ParameterizedTest
    @CsvSource({
        "' SAVE 5 PFZN', blank",
        "'SAVE five PFZN', five",
        "'SAVE -5 PFZN', -5",
        "'SAVE 99999999999 PFZN', 99999999999",
        "'S\u0001VE 5 PFZN', 'S'",
        "'5 SAVE', 5",
    })
    void whatIsNoRequestIsNoiseAndDoesNotEndTheReading(String line, String why) throws IOException {
        assertThat(read(line + "\nSAVE 5 PFZN\n"))
                .hasSize(2)
                .satisfies(found -> assertThat(found.getFirst())
                        .isInstanceOfSatisfying(
                                Noise.class, noise -> assertThat(noise.why()).contains(why)))
                .last()
                .isEqualTo(SAVE);
    }

    @Test
    void bytesThatAreNotUtf8AreNoiseOrPartOfAWord() throws IOException {
        var garbage =
                new byte[] {(byte) 0xff, (byte) 0xfe, 0, '\n', 'S', 'A', 'V', 'E', ' ', '5', ' ', (byte) 0xc3, '\n'};

        assertThat(readAll(new ByteArrayInputStream(garbage)))
                .hasSize(2)
                .satisfies(found -> assertThat(found.getFirst()).isInstanceOf(Noise.class))
                .last()
                .isEqualTo(new Request("SAVE", 5, List.of("\uFFFD")));
    }

    @Test
    void whatANoisyLineHeldIsToldWithoutControlCharacters() throws IOException {
        assertThat(read("\u001b[2Jx 5\n").getFirst())
                .isInstanceOfSatisfying(
                        Noise.class, noise -> assertThat(noise.why()).doesNotContain("\u001b"));
    }

    @Test
    void tenMegabytesArePayloadAndALineWithoutEndIsNotKept() throws IOException {
        var large = "x".repeat(10 << 20);
        var beyond = new SequenceInputStream(
                new ByteArrayInputStream("RESTORE 9 ".getBytes(StandardCharsets.UTF_8)),
                new SequenceInputStream(
                        new Endless((long) RequestReader.LONGEST * 3),
                        new ByteArrayInputStream("\nSAVE 5 PFZN\n".getBytes(StandardCharsets.UTF_8))));

        assertThat(read("SAVE 5 " + large + "\n")).containsExactly(new Request("SAVE", 5, List.of(large)));
        assertThat(readAll(beyond)).containsExactly(new Overlong("RESTORE", 9), SAVE);
    }

    /** Pipes hand over what they like: the result mustn't depend on where they cut. */
    @Test
    void itDoesNotMatterInWhichPiecesBytesArrive() throws IOException {
        var text = "INIT\nSAVE  5 PFZN\n bad\nRESTORE 6 ABCD\r\n\nDRIVER_CANCEL  5 \n";
        for (var seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            assertThat(readAll(new Pieces(text.getBytes(StandardCharsets.UTF_8), random)))
                    .as("seed %d", seed)
                    .isEqualTo(read(text));
        }
    }

    private static List<Incoming> read(String text) throws IOException {
        return readAll(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Incoming> readAll(InputStream stream) throws IOException {
        var reader = new RequestReader(stream);
        var found = new ArrayList<Incoming>();
        for (var next = reader.read(); next.isPresent(); next = reader.read()) {
            found.add(next.get());
        }
        return found;
    }

    /** So many times the letter x. */
    private static final class Endless extends InputStream {
        private long left;

        Endless(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            var count = (int) Math.min(length, left);
            Arrays.fill(bytes, offset, offset + count, (byte) 'x');
            left -= count;
            return count;
        }
    }

    /** Gives a few bytes at a time. */
    private static final class Pieces extends InputStream {
        private final byte[] bytes;
        private final Random random;
        private int next;

        Pieces(byte[] bytes, Random random) {
            this.bytes = bytes;
            this.random = random;
        }

        @Override
        public int read() {
            return next < bytes.length ? bytes[next++] : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (next == bytes.length) {
                return -1;
            }
            var count = Math.min(Math.min(length, 1 + random.nextInt(5)), bytes.length - next);
            System.arraycopy(bytes, next, into, offset, count);
            next += count;
            return count;
        }
    }
}
