package io.berth.bench.opennebula;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What many saves at once cost the VM driver, and whether it forgets them afterwards. */
final class SavesInFlight implements Measurement {
    private static final Target THREADS = Target.atMost(
            30,
            "count",
            "opennebula.threads",
            "VM driver: threads of its process, 200 SAVEs by the engine in flight over 20 simulated hosts");
    private static final Target MEMORY = Target.atMost(
            1.05, "ratio", "opennebula.memory-growth", "VM driver: heap in use after ten such rounds ÷ after two");
    private static final int SAVES = 200;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Override
    public List<Target> targets() {
        return List.of(THREADS, MEMORY);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var threads = new Samples();
        var early = new Samples();
        var late = new Samples();
        var growth = new Samples();
        for (var round = 0; round < rounds; round++) {
            var seen = run(stage, stage.work().resolve("saves-" + round));
            threads.add(Double.parseDouble(seen[0]));
            early.add(Double.parseDouble(seen[1]));
            late.add(Double.parseDouble(seen[2]));
            growth.add(Double.parseDouble(seen[2]) / Double.parseDouble(seen[1]));
        }
        return List.of(
                THREADS.at(threads.median(), "threads " + threads),
                MEMORY.at(growth.median(), growth + "; MiB after two rounds " + early + ", after ten " + late));
    }

    private static String[] run(Stage stage, Path folder) {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        return stage.run(
                        LONGEST,
                        Map.of(),
                        List.of(
                                java,
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dslf4j.internal.verbosity=ERROR",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ManySaves.class.getName(),
                                folder.toString(),
                                Integer.toString(SAVES)))
                .strip()
                .split(" ");
    }
}
