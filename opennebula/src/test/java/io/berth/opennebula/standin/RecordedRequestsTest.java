package io.berth.opennebula.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded request of the stock driver, put to ours: the same lines, the same scripts. */
@Timeout(120)
class RecordedRequestsTest {
    @TempDir
    Path folder;

    private Replay replay;

    @BeforeEach
    void buildSite() throws IOException {
        replay = new Replay(folder);
    }

    static Stream<Recording> stock() throws IOException {
        return Recording.ofDriver("vmm-qemu");
    }

    static Stream<Recording> dummy() throws IOException {
        return Recording.ofDriver("vmm-dummy");
    }

    @ParameterizedTest
    @MethodSource("stock")
    void ourDriverSaysTheSameLinesAndRunsTheSameScripts(Recording recording) throws IOException {
        var ours = replay.hold(recording);

        assertThat(ours.lines()).isEqualTo(Replay.answers(recording));
        assertThat(ours.calls()).isEqualTo(ShownCalls.expected(recording.name(), ours.calls()));
    }

    /** The dummy driver runs nothing and logs nothing: only what it answers can be compared. */
    @ParameterizedTest
    @MethodSource("dummy")
    void ourDriverAnswersAsTheDummyDriverWhenScriptsSucceed(Recording recording) throws IOException {
        var site = replay.site();
        try (var oned = new StandInOned(site.settings("-t 15 -r 0 dummy -p"))) {
            for (var exchange : recording.exchanges()) {
                replay.prepare(exchange);
                var info = exchange.reply().split(" ", 4)[3];
                site.behave(
                        Replay.scriptOf(exchange.request().split(" ")[0].toLowerCase(Locale.ROOT)),
                        0,
                        info.equals("-") ? "" : info,
                        "");
                var reply = oned.ask(Payload.change(exchange.request(), site::asHere))
                        .getLast();

                // The dummy driver makes up a snapshot's name where the stock driver gives none.
                var expected = exchange.reply().replaceFirst("^(DISKSNAPSHOTCREATE .*) dummy-snap$", "$1 -");
                assertThat(reply.replaceFirst(" $", " -")).isEqualTo(expected);
            }
        }
    }

    @Test
    void allRecordingsAreThere() throws IOException {
        assertThat(stock().count()).isEqualTo(47);
        assertThat(dummy().count()).isEqualTo(23);
    }
}
