package io.berth.bench.engine;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import io.berth.simulator.FaultMatrixReport;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.history.Histories;
import java.util.List;

/** A sample of the random histories; {@code bin/prove} plays ten million steps. One round. */
final class RandomHistories implements Measurement {
    private static final long STEPS = 500_000;
    private static final Target VIOLATIONS =
            Target.atMost(0, "count", "engine.history-violations", "random histories that broke the promise");

    @Override
    public List<Target> targets() {
        return List.of(VIOLATIONS);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var begun = System.nanoTime();
        var report = new Histories(Variation.NONE, FaultMatrixReport.SEED).steps(STEPS);
        var perSecond = Math.round(report.steps() * 1e9 / (System.nanoTime() - begun));
        report.stories().forEach(Stage::say);
        return List.of(VIOLATIONS.at(
                report.violations(),
                report.steps() + " steps in " + report.histories() + " histories, " + perSecond
                        + " steps a second; bin/prove plays 10,000,000"));
    }
}
