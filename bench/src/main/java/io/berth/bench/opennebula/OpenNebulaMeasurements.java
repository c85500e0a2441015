package io.berth.bench.opennebula;

import io.berth.bench.figure.Measurement;
import java.util.List;

/** What OpenNebula's drivers cost beside the scripts that they run. */
public final class OpenNebulaMeasurements {
    private OpenNebulaMeasurements() {}

    public static List<Measurement> all() {
        return List.of(
                new DriverCost(),
                new SavesInFlight(),
                new RecordedDifferences(),
                new SaveAndRestore(),
                new TransferManagerCost(),
                new TransferDeeds(),
                new DirectoryMove());
    }
}
