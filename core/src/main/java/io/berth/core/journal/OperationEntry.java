package io.berth.core.journal;

import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.time.Instant;

/**
 * An operation as the journal has it.
 *
 * @param kind {@code suspend}, {@code resume}, ...
 * @param plan the plan as JSON, opaque to the journal
 * @param message what to tell a person about the state: the failure, or what is still to be done; may be empty
 */
public record OperationEntry(
        OperationId id,
        VmRef vm,
        String kind,
        String plan,
        OperationState state,
        String message,
        Instant begun,
        Instant changed) {}
