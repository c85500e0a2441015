package io.berth.core.run;

import io.berth.core.journal.OperationState;
import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param failure why it didn't simply succeed; empty when it did
 * @param memoryLost the guest's memory is gone with its host: the promise's one named exception
 */
public record RunResult(Plan plan, OperationState state, Optional<Failure> failure, boolean memoryLost) {
    /** Whether what was asked is done, perhaps with something left to tidy up. */
    public boolean succeeded() {
        return state == OperationState.SUCCEEDED || state == OperationState.SUCCEEDED_CLEANUP_PENDING;
    }

    /** What the journal and people are told. */
    public String message() {
        var text = failure.map(Failure::getMessage).orElse("");
        return memoryLost ? ("MEMORY_LOST: " + text).strip() : text;
    }
}
