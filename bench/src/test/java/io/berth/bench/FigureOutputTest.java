package io.berth.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bench.core.CoreMeasurements;
import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Target;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureOutputTest {
    private static final List<Figure> FIGURES = List.of(
            Target.atMost(0.8, "ratio", "core.slow", "something").at(0.81, ""),
            Target.atLeast(100, "%", "core.all", "something else").at(100, ""));

    @Test
    void theTableTellsWhichLimitIsMissed() {
        assertThat(FigureTable.lines(FIGURES))
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(1)).contains("core.slow", "0.810", "<= 0.800", "NO"))
                .satisfies(lines -> assertThat(lines.get(2)).contains("core.all", "100", ">= 100", "yes"));
    }

    @Test
    void theTableTellsWhichLimitIsMissedOnlyByTheMachine() {
        var target = Target.atMost(250, "ms", "core.help", "something");

        assertThat(FigureTable.lines(List.of(target.at(360, "", 3), target.at(360, "", 1.2))))
                .satisfies(lines -> assertThat(lines.get(1)).contains("360", "NO, but 120 where"))
                .satisfies(lines -> assertThat(lines.get(2)).endsWith("NO"));
    }

    @Test
    void theFileHasAllThatAProgramNeeds(@TempDir Path folder) {
        var file = folder.resolve("figures.json");

        FigureFile.write(file, FIGURES);

        assertThat(file)
                .hasContent(
                        "[{\"id\":\"core.slow\",\"value\":0.81,\"unit\":\"ratio\",\"limit\":0.8,\"better\":\"lower\"},"
                                + "{\"id\":\"core.all\",\"value\":100.0,\"unit\":\"%\",\"limit\":100.0,\"better\":\"higher\"}]");
    }

    @Test
    void everyFigureOfTheSpineIsMeasuredOnce() {
        assertThat(CoreMeasurements.all().stream().flatMap(measurement -> measurement.targets().stream()))
                .extracting(Target::id)
                .containsExactlyInAnyOrder(
                        "core.bytes-written-ratio",
                        "core.own-time-suspend-cli",
                        "core.own-time-resume-cli",
                        "core.own-time-suspend-jvm",
                        "core.own-time-resume-jvm",
                        "core.fast-2g-ratio",
                        "core.snapshot-300m-ratio",
                        "core.stream-300m-ratio",
                        "core.live-idle-ratio",
                        "core.journal-share",
                        "core.journal-share-slow-fsync",
                        "core.help",
                        "core.vm-list",
                        "core.fault-positions",
                        "core.fault-violations",
                        "core.mutations-caught");
    }
}
