package io.berth.engine.wire;

import io.berth.driver.Failure;
import java.util.List;

/**
 * That the daemon is well. One that isn't refuses to answer this.
 *
 * @param unfinished operations that aren't over, of any process on its journal: under way, or waiting for recovery
 * @param missing what it lacks to be of use
 */
public record HealthView(int unfinished, List<Failure> missing) {
    public HealthView {
        missing = List.copyOf(missing);
    }
}
