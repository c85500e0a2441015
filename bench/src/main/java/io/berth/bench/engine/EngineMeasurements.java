package io.berth.bench.engine;

import io.berth.bench.figure.Measurement;
import java.util.List;

/** The measurements of operations, files and directories. */
public final class EngineMeasurements {
    private EngineMeasurements() {}

    public static List<Measurement> all() {
        return List.of(new MoveRatio());
    }
}
