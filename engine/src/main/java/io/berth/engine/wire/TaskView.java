package io.berth.engine.wire;

import io.berth.driver.Failure;
import io.berth.driver.OperationId;
import java.util.List;
import java.util.Optional;

/**
 * Something that was asked for and takes its time.
 *
 * @param kind {@code suspend}, ...
 * @param operations that it has begun
 * @param failure why it was refused, if it was
 */
public record TaskView(String task, String kind, State state, List<OperationId> operations, Optional<Failure> failure) {
    /** How far it is. */
    public enum State {
        RUNNING,
        /** Its operations have ended, whichever way. */
        ENDED,
        /** It was refused, and nothing was touched; or Berth is broken. */
        REFUSED
    }
}
