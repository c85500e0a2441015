package io.berth.bench.figure;

import io.berth.bench.stage.Stage;
import java.util.List;

/** Measures one thing, which may give several figures. */
public interface Measurement {
    /** What it will measure, without measuring. */
    List<Target> targets();

    /** @param rounds how often, at least; more where it costs little */
    List<Figure> measure(Stage stage, int rounds);
}
