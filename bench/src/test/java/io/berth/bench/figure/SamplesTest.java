package io.berth.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplesTest {
    private final Samples samples = new Samples();

    @Test
    void theMedianIsTheMiddleOneWhateverTheOrder() {
        samples.add(9);
        samples.add(1);
        samples.add(2);
        assertThat(samples.median()).isEqualTo(2);

        samples.add(4);
        assertThat(samples.median()).isEqualTo(3);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(samples::median).isInstanceOf(IllegalStateException.class);
    }
}
