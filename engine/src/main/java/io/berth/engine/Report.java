package io.berth.engine;

import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.storage.VolumeRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an operation went.
 *
 * @param took from the request to the answer
 * @param checkpoint the one that was made, used, read or deleted
 * @param image bytes of the memory image, where the operation learned them
 * @param steps in the order they were taken
 */
public record Report(
        RunResult result,
        Duration took,
        Optional<VolumeRef> checkpoint,
        Optional<DataSize> image,
        List<StepTime> steps) {
    public Report {
        steps = List.copyOf(steps);
    }

    /** How long a step took, its journalling not included. */
    public record StepTime(String step, Duration took) {}
}
