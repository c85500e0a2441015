package io.berth.bench.core;

import io.berth.bench.figure.Measurement;
import java.util.List;

/** The measurements of the spine, those of one guest beside each other: each kind boots once. */
public final class CoreMeasurements {
    private CoreMeasurements() {}

    public static List<Measurement> all() {
        return List.of(
                new SimulatedFaults(),
                StartTime.help(),
                StartTime.list(),
                new OwnTimeCli(),
                new OwnTimeEngine(),
                new SlowJournal(),
                new BytesWritten(),
                WriterRatio.snapshot(),
                WriterRatio.stream(),
                WriterRatio.live(),
                WriterRatio.fast());
    }
}
