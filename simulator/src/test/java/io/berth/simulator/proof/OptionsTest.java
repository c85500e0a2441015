package io.berth.simulator.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
    @Test
    void withoutArgumentsTheSeedIsAlwaysTheSame() {
        assertThat(Options.of(List.of())).isEqualTo(Options.of(List.of("--seed", "42")));
    }

    @Test
    void eachOptionIsUnderstood() {
        var options = Options.of(List.of("--seed", "7", "--minutes", "3"));

        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.time()).contains(Duration.ofMinutes(3));
        assertThat(Options.of(List.of("--history", "7000012")).history()).contains(7_000_012L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--sead 1", "--seed", "--minutes soon"})
    void whatCantBeUnderstoodIsRefused(String line) {
        assertThatThrownBy(() -> Options.of(List.of(line.split(" ")))).isInstanceOf(IllegalArgumentException.class);
    }
}
