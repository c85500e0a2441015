package io.berth.driver.storage;

import io.berth.driver.OperationId;
import java.time.Instant;

/**
 * A step in a checkpoint's life that was taken once and for all.
 *
 * @param generation 1 when the checkpoint is made; one more when a consumed checkpoint is given back because it is
 *     proven that the guest made of it never ran
 * @param by the operation that took it
 */
public record Transition(int generation, CheckpointState state, OperationId by, Instant at) {
    public Transition {
        if (generation < 1) {
            throw new IllegalArgumentException("generations count from 1: " + generation);
        }
    }

    /** Whether it lies further on in the checkpoint's life. */
    public boolean isAfter(Transition other) {
        return generation > other.generation || (generation == other.generation && state.compareTo(other.state) > 0);
    }
}
