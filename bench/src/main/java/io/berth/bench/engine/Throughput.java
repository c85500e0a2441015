package io.berth.bench.engine;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.SlowFsync;
import io.berth.bench.stage.Stage;
import java.util.List;
import java.util.Map;

/** How many durable suspends a second go through one engine. */
final class Throughput implements Measurement {
    private static final Target FAST = Target.atLeast(
            1000, "count", "engine.suspends", "durable suspends a second, simulated hosts that answer at once");
    private static final Target SLOW =
            Target.atLeast(500, "count", "engine.suspends-slow-fsync", "the same, each fsync 5 ms slower");
    private static final int VMS = 5000;
    private static final int IN_FLIGHT = 500;

    @Override
    public List<Target> targets() {
        return List.of(FAST, SLOW);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var probe = new Probe(stage);
        var slowFsync = Map.of("LD_PRELOAD", SlowFsync.library(stage).toString());
        var fast = new Samples();
        var slow = new Samples();
        for (var round = 0; round < rounds; round++) {
            fast.add(probe.run(Map.of(), VMS, IN_FLIGHT, 0).perSecond());
            slow.add(probe.run(slowFsync, VMS, IN_FLIGHT, 0).perSecond());
        }
        return List.of(FAST.at(fast.median(), "a second " + fast), SLOW.at(slow.median(), "a second " + slow));
    }
}
