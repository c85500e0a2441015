package io.berth.opennebula.mad;

import io.berth.driver.Cancellation;
import io.berth.opennebula.action.VmmRequest;
import io.berth.opennebula.message.DriverMessage;

/**
 * A request that waits or is worked on.
 *
 * @param cancellation requested when the core takes it back
 */
record Job(VmmRequest request, int vm, DriverMessage message, Cancellation cancellation) {
    Job(VmmRequest request, int vm, DriverMessage message) {
        this(request, vm, message, new Cancellation());
    }

    String host() {
        return message.host();
    }

    /** Whether both ask for the same kind of thing for one VM: the core waits for one answer then. */
    boolean competesWith(Job other) {
        return vm == other.vm && request == other.request;
    }

    /** Whether the core has gone on when it asks for the newer one, and has no use for an answer to this any more. */
    boolean isOutdatedBy(Job newer) {
        return vm == newer.vm && request.isOfMemory() && newer.request.isNextInLife() && !competesWith(newer);
    }

    /** Whether one's success is the other's. */
    boolean asksTheSameAs(Job other) {
        return competesWith(other) && message.subject().equals(other.message.subject());
    }
}
