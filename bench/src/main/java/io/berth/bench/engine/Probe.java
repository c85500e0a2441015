package io.berth.bench.engine;

import io.berth.bench.stage.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs {@link ManySuspends} in a process of its own, with a new journal each time. */
final class Probe {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Stage stage;
    private int runs;

    Probe(Stage stage) {
        this.stage = stage;
    }

    record Seen(double perSecond, double cpuMillis, double residentMebibytes) {}

    Seen run(Map<String, String> environment, int vms, int flight, int held) {
        var journal = stage.work().resolve("many-" + ++runs);
        var argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                ManySuspends.class.getName(),
                journal.toString()));
        argv.addAll(List.of(Integer.toString(vms), Integer.toString(flight), Integer.toString(held)));
        var values = Arrays.stream(stage.run(LONGEST, environment, argv).strip().split(" "))
                .map(Double::valueOf)
                .toList();
        return new Seen(values.get(0), values.get(1), values.get(2));
    }
}
