package io.berth.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetMatrixTest {
    /** All positions take minutes; {@code bin/prove} strikes them. */
    private static final int EVERY = 23;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whateverStrikesAFleetThePromiseHoldsAndTheNextOneDoesTheRest(long seed) {
        var matrix = FleetMatrix.of(seed, EVERY);

        assertThat(matrix.stories()).isEmpty();
        assertThat(matrix.runs()).isGreaterThan(matrix.positions() / EVERY);
    }
}
