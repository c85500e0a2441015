package io.berth.opennebula.mad;

import io.berth.driver.Cancellation;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.run.RequestLog;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that waits or is worked on.
 *
 * @param action as the core names it
 * @param vm the id in it
 * @param subject what exactly is asked for, in words that are equal when it is the same
 * @param host that it wants for itself; empty: none
 * @param work does it, and gives the answer; empty when it was cancelled
 * @param cancellation requested when the core takes it back
 */
record Job(
        String action,
        int vm,
        String subject,
        Optional<String> host,
        Function<RequestLog, Optional<Outgoing.Reply>> work,
        Cancellation cancellation) {
    Job(
            String action,
            int vm,
            String subject,
            Optional<String> host,
            Function<RequestLog, Optional<Outgoing.Reply>> work) {
        this(action, vm, subject, host, work, new Cancellation());
    }

    /** Whether both ask for the same kind of thing for one VM: the core waits for one answer then. */
    boolean competesWith(Job other) {
        return vm == other.vm && action.equals(other.action);
    }

    /** Whether one's success is the other's. */
    boolean asksTheSameAs(Job other) {
        return competesWith(other) && subject.equals(other.subject);
    }

    /** Whether both want one host for themselves. */
    boolean wantsTheHostOf(Job other) {
        return host.isPresent() && host.equals(other.host);
    }
}
