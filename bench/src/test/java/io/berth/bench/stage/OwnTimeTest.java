package io.berth.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnTimeTest {
    @Test
    void timeInWhichSeveralCommandsRanCountsOnce() {
        assertThat(Span.covered(
                        List.of(new Span(5_000_000, 6_000_000), new Span(0, 2_000_000), new Span(1, 3_000_000))))
                .isEqualTo(4);
    }

    @Test
    void whatIsTakenOutOfTheMiddleLeavesBothEnds() {
        assertThat(Span.without(List.of(new Span(0, 10)), List.of(new Span(2, 4), new Span(9, 20))))
                .containsExactly(new Span(0, 2), new Span(4, 9));
    }

    @Test
    void aCommandThatWaitedForTheConnectionRanOnlyAfterIt() {
        var lines = List.of(
                "2026-01-01T00:00:01.000Z DEBUG operation=- event=connected host=h1 microseconds=900000",
                "2026-01-01T00:00:01.100Z DEBUG operation=- event=command host=h1 exit=0 microseconds=950000 argv=\"virsh\"",
                "2026-01-01T00:00:01.100Z INFO  operation=abc event=end state=SUCCEEDED",
                "2026-01-01T00:00:02.000Z DEBUG operation=abc event=command host=h2 exit=0 microseconds=200000 argv=\"x\"");

        assertThat(Span.covered(CommandLog.commands(lines))).isCloseTo(0.3, within(1e-9));
        assertThat(Span.covered(CommandLog.connections(lines))).isCloseTo(0.9, within(1e-9));
    }
}
