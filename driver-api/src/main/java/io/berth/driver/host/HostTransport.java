package io.berth.driver.host;

import io.berth.driver.HostRef;

/**
 * Runs commands on hosts. Commands are argument lists and reach the program as they are: no shell reads them.
 * Thread-safe; calls for one host run side by side.
 */
public interface HostTransport extends AutoCloseable {
    /**
     * Runs the command and waits for its end. A command that ends with any exit code is an answer, not a failure.
     *
     * @throws io.berth.driver.Failure {@code host.unreachable} (ENVIRONMENT: it was never sent), {@code host.lost} or
     *     {@code host.deadline} or {@code host.stalled} (UNKNOWN_OUTCOME: sent, no answer), {@code guard.refused}
     *     (CONFLICT: a higher epoch owns the VM), {@code guard.busy} (CONFLICT: an earlier command for this VM still
     *     runs there), {@code operation.cancelled} (CANCELLED: killed because the caller asked)
     */
    CommandResult run(HostRef host, HostCommand command);

    /** Ends all connections. Commands under way end as unknown. */
    @Override
    void close();
}
