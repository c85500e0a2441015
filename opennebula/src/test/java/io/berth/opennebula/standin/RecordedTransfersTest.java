package io.berth.opennebula.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded request of the stock transfer manager, put to ours: the same lines, and each command's script with each
 * of its words. What was in the files is made up, see the README beside them.
 */
@Timeout(120)
class RecordedTransfersTest {
    @TempDir
    Path folder;

    static Stream<Recording> recordings() throws IOException {
        return Recording.ofDriver("tm");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void ourDriverSaysTheSameLinesAndRunsTheSameScriptsInTheSameOrder(Recording recording) throws IOException {
        assertThat(new TransferReplay(folder).hold(recording)).isEqualTo(TransferReplay.expected(recording));
    }

    @Test
    void allRecordingsAreThere() throws IOException {
        assertThat(recordings().count()).isEqualTo(31);
    }
}
