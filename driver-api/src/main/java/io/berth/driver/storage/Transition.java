package io.berth.driver.storage;

import io.berth.driver.OperationId;
import java.time.Instant;

/**
 * A step in a checkpoint's life that was taken once and for all. Ordered as they follow each other in that life, whoever
 * took them.
 *
 * @param generation 1 when the checkpoint is made; one more when a consumed checkpoint is given back because it is
 *     proven that the guest made of it never ran
 * @param by the operation that took it
 */
public record Transition(int generation, CheckpointState state, OperationId by, Instant at)
        implements Comparable<Transition> {
    public Transition {
        if (generation < 1) {
            throw new IllegalArgumentException("generations count from 1: " + generation);
        }
    }

    /** Whether it lies further on in the checkpoint's life. */
    public boolean isAfter(Transition other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Transition other) {
        var first = Integer.compare(generation, other.generation);
        return first != 0 ? first : state.compareTo(other.state);
    }
}
