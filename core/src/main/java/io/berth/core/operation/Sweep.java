package io.berth.core.operation;

import io.berth.driver.Failure;
import java.util.List;

/**
 * What a round of the garbage collector came to.
 *
 * @param silent one failure for each host or datastore that may have something left and gave no answer
 */
public record Sweep(List<Leftover> leftovers, List<Failure> silent) {
    public Sweep {
        leftovers = List.copyOf(leftovers);
        silent = List.copyOf(silent);
    }
}
