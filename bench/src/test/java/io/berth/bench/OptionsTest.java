package io.berth.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void withoutOptionsAllIsMeasuredSevenTimes() {
        var options = Options.parse(List.of());

        assertThat(options.only()).isEmpty();
        assertThat(options.json()).isEmpty();
        assertThat(options.rounds()).isEqualTo(7);
    }

    @Test
    void everyOptionIsRead() {
        var options = Options.parse(List.of("--only", "core.", "--json", "a b.json", "--rounds", "9"));

        assertThat(options.only()).isEqualTo("core.");
        assertThat(options.json()).contains(Path.of("a b.json"));
        assertThat(options.rounds()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds 0", "--rounds many", "--only", "core."})
    void anythingElseIsRefused(String line) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" ")))).isInstanceOf(IllegalArgumentException.class);
    }
}
