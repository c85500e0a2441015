package io.berth.core.run;

import io.berth.core.plan.Step;

/**
 * What one kind of step means. Handlers have no state; {@code perform} and {@code undo} are idempotent, because either
 * may have been made before by a process that died.
 *
 * <p>All methods throw {@link io.berth.driver.Failure}. From {@code probe} and {@code verify} it means that nothing
 * could be learned.
 */
public interface StepHandler<S extends Step> {
    /** Whether the step is done now, with its outputs. */
    Probe probe(S step, StepRun run);

    /** Does it, and answers its outputs. */
    Outputs perform(S step, StepRun run);

    /** Takes it back, whether it was done, half done or not done. */
    void undo(S step, StepRun run);

    /**
     * Fails unless what the step brought about is so now. Called right after {@code perform}, and again at the point of
     * no return for the steps that the plan names.
     */
    void verify(S step, StepRun run);
}
