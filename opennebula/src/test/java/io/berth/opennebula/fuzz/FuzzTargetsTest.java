package io.berth.opennebula.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code bin/fuzz} does for as long as it is told to, here for some seconds and always the same. */
@Timeout(120)
class FuzzTargetsTest {
    private static final int MUTATIONS = 3000;

    static List<FuzzTarget> targets() throws IOException {
        return FuzzTarget.all();
    }

    @Test
    void allThatReadsTheCoresWordsIsATarget() throws IOException {
        assertThat(targets())
                .extracting(FuzzTarget::name)
                .contains(
                        "RequestReaderFuzz",
                        "DriverMessageFuzz",
                        "TransferFileFuzz",
                        "VmmOptionsFuzz",
                        "TmOptionsFuzz");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void whatIsKeptIsReadOrRefused(FuzzTarget target) {
        assertThat(target.seeds()).isNotEmpty();
        target.seeds().forEach(seed -> assertPasses(target, seed));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void whateverIsChangedOfItIsReadOrRefused(FuzzTarget target) {
        var mutations = new Mutations(new Random(5), target.seeds());
        for (var count = 0; count < MUTATIONS; count++) {
            assertPasses(target, mutations.next());
        }
    }

    /** Bytes in hexadecimal digits: {@code xxd -r -p} makes a file of them that can be kept. */
    private static void assertPasses(FuzzTarget target, byte[] input) {
        assertThatCode(() -> target.run(input))
                .as(() -> target + " with " + HexFormat.of().formatHex(input))
                .doesNotThrowAnyException();
    }
}
