package io.berth.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatheredFilesTest {
    @Test
    void contentsComeOutAsTheyWentIn() {
        assertThat(gathered("a.record 8\nx=1\ny=2\n\nb.g1.complete 0\n\nc.g1.writing 3\nabc\n"))
                .isEqualTo(Map.of(
                        "a.record", Optional.of("x=1\ny=2\n"),
                        "b.g1.complete", Optional.of(""),
                        "c.g1.writing", Optional.of("abc")));
    }

    @Test
    void lengthsAreBytes() {
        assertThat(gathered("a.record 6\nx=éé\n\nb.record 2\n1\n\n"))
                .isEqualTo(Map.of("a.record", Optional.of("x=éé"), "b.record", Optional.of("1\n")));
    }

    @Test
    void aContentThatLooksLikeAHeaderIsContent() {
        assertThat(gathered("a.record 18\nb.g1.complete 1\nx\n\n"))
                .isEqualTo(Map.of("a.record", Optional.of("b.g1.complete 1\nx\n")));
    }

    @Test
    void aDamagedFileSpoilsNoOther() {
        assertThat(gathered("a.record 9\nx=\ufffd\ufffd\ufffd\ny=2\n\nb.record 4\ny=3\n\n"))
                .isEqualTo(Map.of("a.record", Optional.empty(), "b.record", Optional.of("y=3\n")));
    }

    @Test
    void anAnswerThatEndsWithinAFileIsNotWhole() {
        var files = new GatheredFiles();
        "a.record 80\nx=1\n".lines().forEach(files);

        assertThat(files.isWhole()).isFalse();
        assertThat(files.contents()).containsEntry("a.record", Optional.empty());
    }

    private static Map<String, Optional<String>> gathered(String output) {
        var files = new GatheredFiles();
        output.lines().forEach(files);
        assertThat(files.isWhole()).isTrue();
        return files.contents();
    }
}
