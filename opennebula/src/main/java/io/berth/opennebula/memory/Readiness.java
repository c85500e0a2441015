package io.berth.opennebula.memory;

import io.berth.driver.Failure;

/** Whether a deed can be begun. */
public sealed interface Readiness {
    record Ready() implements Readiness {}

    /** An earlier request, or somebody else, has brought it about. */
    record Already() implements Readiness {}

    /** The guest has no memory anywhere that the engine knows of: neither on a host nor in a checkpoint, nor in a foreign image. */
    record Absent() implements Readiness {}

    record Refused(Failure why) implements Readiness {}
}
