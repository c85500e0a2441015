package io.berth.opennebula.run;

/** What came of a disk or a directory that was to be brought to a host. */
sealed interface Brought {
    /** It is there, whole and durable. */
    record Placed(StepOutcome outcome) implements Brought {}

    /** It isn't, and won't be: another may make it. */
    record NotPlaced(StepOutcome why) implements Brought {}

    /**
     * It is half done, or a host was told and may do it yet: whoever made another one now might see it replaced later. Asked
     * for once more it is finished.
     */
    record Untold(StepOutcome why) implements Brought {}
}
