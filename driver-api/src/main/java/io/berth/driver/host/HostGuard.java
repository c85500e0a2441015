package io.berth.driver.host;

import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import java.util.Optional;
import java.util.UUID;

/**
 * The door on each host that every mutating command passes. It keeps the highest epoch seen for a VM on the host's own
 * disk and refuses lower ones: an epoch in a database can't stop a command that is already on its way. Thread-safe.
 */
public interface HostGuard {
    /**
     * Raises the VM's epoch on the host to the token's, durably. From then on nothing of an older epoch starts there;
     * {@link State#running} tells what of an older epoch runs still and has to be waited for or ended.
     *
     * @throws io.berth.driver.Failure {@code guard.refused} if the host has seen a higher epoch; {@code
     *     host.unreachable}, {@code host.lost}
     */
    State raise(HostRef host, FencingToken token);

    /**
     * Ends the command that runs for the VM on behalf of an older epoch, and waits until it is gone (at most 30 s).
     * What the command had asked a daemon to do may go on: the hypervisor driver cancels that.
     */
    void evict(HostRef host, FencingToken token);

    /** Reads without changing. */
    State read(HostRef host, UUID vm);

    /**
     * @param epoch highest seen, zero when none
     * @param running the operation whose command runs now, if one does
     */
    record State(long epoch, Optional<OperationId> running) {}
}
