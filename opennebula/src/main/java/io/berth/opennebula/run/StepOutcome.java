package io.berth.opennebula.run;

/**
 * What came of a step.
 *
 * @param info its output, or why it failed; {@code -} for nothing
 */
record StepOutcome(boolean success, String info) {
    static StepOutcome failure(String why) {
        return new StepOutcome(false, why);
    }
}
