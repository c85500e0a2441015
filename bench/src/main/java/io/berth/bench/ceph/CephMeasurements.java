package io.berth.bench.ceph;

import io.berth.bench.figure.Measurement;
import java.util.List;

/** What a checkpoint on Ceph costs. */
public final class CephMeasurements {
    private CephMeasurements() {}

    public static List<Measurement> all() {
        return List.of(
                new BytesOnDisks(),
                new SpaceOnHosts(),
                StockRatio.cached(),
                StockRatio.large(),
                new ProcessCount(),
                new ListVolumes());
    }
}
