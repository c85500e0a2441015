package io.berth.bench.core;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import io.berth.simulator.FaultMatrixReport;
import java.util.List;

/** Faults at every position of the simulated world, and mutations of what holds the promise. Not timed: one round. */
final class SimulatedFaults implements Measurement {
    private static final double PERCENT = 100;
    private static final Target POSITIONS = Target.atLeast(
            100, "%", "core.fault-positions", "positions of simulated operations at which a fault struck");
    private static final Target VIOLATIONS =
            Target.atMost(0, "count", "core.fault-violations", "runs in which the promise was broken");
    private static final Target MUTATIONS =
            Target.atLeast(100, "%", "core.mutations-caught", "safeguards taken out whose absence was noticed");

    @Override
    public List<Target> targets() {
        return List.of(POSITIONS, VIOLATIONS, MUTATIONS);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var report = FaultMatrixReport.of(FaultMatrixReport.SEED);
        report.stories().stream().limit(3).forEach(Stage::say);
        return List.of(
                POSITIONS.at(
                        PERCENT * report.positionsCovered() / report.positions(),
                        report.positionsCovered() + " of " + report.positions()),
                VIOLATIONS.at(report.violations(), "in " + report.runs() + " runs"),
                MUTATIONS.at(
                        PERCENT * report.mutationsCaught() / report.mutations(),
                        report.mutationsCaught() + " of " + report.mutations()));
    }
}
