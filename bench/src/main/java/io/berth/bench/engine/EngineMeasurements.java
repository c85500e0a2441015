package io.berth.bench.engine;

import io.berth.bench.figure.Measurement;
import java.util.List;

/** The measurements of the engine with many VMs. */
public final class EngineMeasurements {
    private EngineMeasurements() {}

    public static List<Measurement> all() {
        return List.of(new Throughput(), new InFlight());
    }
}
