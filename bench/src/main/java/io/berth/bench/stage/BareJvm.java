package io.berth.bench.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A JVM that does nothing but start. Beside the start of anything else it tells how fast the machine is just now. */
public final class BareJvm {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private BareJvm() {}

    /** From its start to its end. */
    public static double seconds(Stage stage) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var begin = System.nanoTime();
        stage.run(LONGEST, Map.of(), List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-version"));
        return (System.nanoTime() - begin) / 1e9;
    }
}
