package io.berth.opennebula.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolWriterTest {
    @Test
    void theFirstWordsAreThoseTheCoreWaitsForAndFitIntoItsFirstRead() {
        assertThat(new Outgoing.Ready().line()).isEqualTo("INIT SUCCESS - -").hasSizeLessThan(31);
    }

    @Test
    void aReplyAndALogLineAreAsStockWritesThem() {
        assertThat(written(
                        new Outgoing.Reply("SAVE", true, 5, "-"),
                        new Outgoing.Reply("SAVE", false, 5, "no room"),
                        new Outgoing.Log(Severity.ERROR, Outgoing.GLOBAL, "a b")))
                .isEqualTo("SAVE SUCCESS 5 -\nSAVE FAILURE 5 no room\nLOG E -1 a b\n");
    }

    /** A second line would be taken for a message of its own. */
    @ParameterizedTest
    @CsvSource({
        "'one\ntwo', 'one two'",
        "'one\r\ntwo\n\n', 'one  two'",
        "'\u001b[31mred\u0000', ' [31mred '",
        "'tab\tstays', 'tab\tstays'",
        "'grüße € 🚀', 'grüße € 🚀'",
        "'a\u0085b\u2028c', 'a b\u2028c'",
    })
    void whateverAScriptWroteIsOneLine(String text, String line) {
        assertThat(written(new Outgoing.Reply("DEPLOY", true, 1, text))).isEqualTo("DEPLOY SUCCESS 1 " + line + "\n");
    }

    @Test
    void linesOfManyThreadsStayWhole() {
        var stream = new ByteArrayOutputStream();
        var writer = new ProtocolWriter(stream);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 500)
                    .forEach(vm ->
                            threads.execute(() -> writer.write(new Outgoing.Log(Severity.INFO, vm, "x".repeat(vm)))));
        }

        assertThat(stream.toString(StandardCharsets.UTF_8).lines()).hasSize(500).allMatch(line -> {
            var words = line.split(" ", 4);
            return line.startsWith("LOG I ") && words[3].equals("x".repeat(Integer.parseInt(words[2])));
        });
    }

    @Test
    void aCoreThatHasGoneAwayStopsNobody() {
        var writer = new ProtocolWriter(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThatCode(() -> writer.write(new Outgoing.Ready())).doesNotThrowAnyException();
    }

    private static String written(Outgoing... lines) {
        var stream = new ByteArrayOutputStream();
        var writer = new ProtocolWriter(stream);
        for (var line : lines) {
            writer.write(line);
        }
        return stream.toString(StandardCharsets.UTF_8);
    }
}
