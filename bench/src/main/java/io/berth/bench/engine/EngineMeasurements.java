package io.berth.bench.engine;

import io.berth.bench.figure.Measurement;
import java.util.List;

/** What the engine and its daemon cost, and how fast it moves what isn't shared. */
public final class EngineMeasurements {
    private EngineMeasurements() {}

    public static List<Measurement> all() {
        return List.of(
                new Throughput(),
                new InFlight(),
                new Evacuation(),
                new RandomHistories(),
                new ColdMigrateRatio(),
                new MoveRatio(),
                new DaemonFigures());
    }
}
