package io.berth.bench.engine;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import io.berth.simulator.fleet.EvacuationReport;
import java.util.List;

/** A host is emptied, in the simulated world and its time: how well the storage is made use of. One round. */
final class Evacuation implements Measurement {
    private static final Target OVER_LIMIT = Target.atMost(
            1.1, "ratio", "engine.evacuate", "evacuating 100 simulated VMs of 1 GiB over what storage at 1 GB/s takes");

    @Override
    public List<Target> targets() {
        return List.of(OVER_LIMIT);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var report = EvacuationReport.of(EvacuationReport.SEED);
        return List.of(OVER_LIMIT.at(
                report.ratio(),
                report.moved() + " VMs in " + report.took().toSeconds() + " s of virtual time, violations: "
                        + report.violations()));
    }
}
