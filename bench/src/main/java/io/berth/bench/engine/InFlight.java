package io.berth.bench.engine;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import java.util.List;
import java.util.Map;

/** What many operations at once cost. */
final class InFlight implements Measurement {
    private static final Target COST = Target.atMost(
            1.2, "ratio", "engine.cost-in-flight", "processor time of a suspend, 10,000 in flight ÷ 10 in flight");
    private static final Target MEMORY = Target.atMost(
            400, "MiB", "engine.memory", "resident memory of an engine with 10,000 VMs, 1,000 of them being suspended");
    private static final int VMS = 10_000;
    private static final int FEW = 10;
    private static final int HELD = 1000;

    @Override
    public List<Target> targets() {
        return List.of(COST, MEMORY);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var probe = new Probe(stage);
        var few = new Samples();
        var many = new Samples();
        var ratios = new Samples();
        var memory = new Samples();
        for (var round = 0; round < rounds; round++) {
            var one = probe.run(Map.of(), VMS, FEW, 0).cpuMillis();
            var other = probe.run(Map.of(), VMS, VMS, 0).cpuMillis();
            few.add(one);
            many.add(other);
            ratios.add(other / one);
            memory.add(probe.run(Map.of(), VMS, HELD, HELD).residentMebibytes());
        }
        return List.of(
                COST.at(ratios.median(), "many " + many + " ms, few " + few + " ms"),
                MEMORY.at(memory.median(), "MiB " + memory));
    }
}
