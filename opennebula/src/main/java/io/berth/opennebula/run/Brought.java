package io.berth.opennebula.run;

/** What came of a disk that was to be brought to a host. */
sealed interface Brought {
    /** It is there, whole and durable. */
    record Placed(StepOutcome outcome) implements Brought {}

    /** It isn't, and won't be: another may make it. */
    record NotPlaced(StepOutcome why) implements Brought {}

    /** The host was told to place it and may do so yet: whoever made another one now might see it replaced later. */
    record Untold(StepOutcome why) implements Brought {}
}
