package io.berth.bench.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A JVM that does nothing but start. Beside the start of anything else it tells how fast the machine is just now. */
public final class BareJvm {
    /** Milliseconds that a class which says hello took on the machine that limits were set on (JDK 25). */
    private static final double THERE = 41;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private BareJvm() {}

    /** How many times longer than on the machine that limits were set on, by its median in milliseconds here. */
    public static double slowness(double millis) {
        return millis / THERE;
    }

    /** From its start to its end. */
    public static double millis(Stage stage) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var begin = System.nanoTime();
        stage.run(LONGEST, Map.of(), List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-version"));
        return (System.nanoTime() - begin) / 1e6;
    }
}
