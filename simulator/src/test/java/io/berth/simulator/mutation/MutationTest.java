package io.berth.simulator.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class MutationTest {
    private static final long SEED = 42;

    @TestFactory
    Stream<DynamicTest> aMissingSafeguardIsNoticed() {
        return Arrays.stream(Mutation.values())
                .map(mutation -> DynamicTest.dynamicTest(
                        mutation.toString(),
                        () -> assertThat(MutationRun.caught(mutation, SEED)).isPresent()));
    }
}
