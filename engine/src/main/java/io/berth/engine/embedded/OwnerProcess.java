package io.berth.engine.embedded;

import io.berth.core.journal.Owner;
import io.berth.driver.OperationId;

/** The process that holds a lease, as far as this machine can reach it. */
public interface OwnerProcess {
    /** What came of asking. */
    enum Answer {
        /** It was told to end what it does. */
        ASKED,
        /** There is no such process any more. */
        GONE,
        /** It is on another machine, or in another container. */
        ELSEWHERE,
        /** It belongs to another user. */
        FORBIDDEN
    }

    /** @param operation that it is to stop; a process may stop more of what it does */
    Answer askToStop(Owner owner, OperationId operation);
}
