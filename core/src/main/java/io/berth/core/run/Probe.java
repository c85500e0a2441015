package io.berth.core.run;

import io.berth.driver.Failure;

/** What a look at the world says of a step. Not being able to look is a failure, never an answer. */
public sealed interface Probe {
    Probe NOT_DONE = new NotDone();

    static Probe done() {
        return new Done(Outputs.NONE);
    }

    static Probe done(Outputs outputs) {
        return new Done(outputs);
    }

    static Probe doneIf(boolean condition) {
        return condition ? done() : NOT_DONE;
    }

    record Done(Outputs outputs) implements Probe {}

    record NotDone() implements Probe {}

    /**
     * Not done, nothing of it was begun, and it mustn't be done any more: what led up to it no longer holds. When the
     * first step after the point of no return says so, the operation goes back all the same.
     */
    record Pointless(Failure why) implements Probe {}
}
