package io.berth.bench.core;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.SlowFsync;
import io.berth.bench.stage.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The journal's share where being durable costs: fsync and fdatasync of the engine's process take 5 ms longer. */
final class SlowJournal implements Measurement {
    private static final Target TARGET = Target.atMost(
            120,
            "ms",
            "core.journal-share-slow-fsync",
            "time in the journal during one suspend, each fsync 5 ms slower");
    private static final int WARM_UP = 2;

    @Override
    public List<Target> targets() {
        return List.of(TARGET);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var guest = stage.guest(GuestKind.IDLE);
        var output = stage.run(
                Duration.ofMinutes(10),
                Map.of("LD_PRELOAD", SlowFsync.library(stage).toString()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalProbe.class.getName(),
                        stage.home().state().toString(),
                        guest.name(),
                        Stage.HOST,
                        Integer.toString(rounds + WARM_UP)));
        guest.settle();
        var milliseconds = new Samples();
        output.lines().skip(WARM_UP).forEach(line -> milliseconds.add(Double.parseDouble(line.split(" ")[0])));
        return List.of(TARGET.at(milliseconds.median(), "ms " + milliseconds));
    }
}
