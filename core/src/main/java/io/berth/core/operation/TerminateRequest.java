package io.berth.core.operation;

import io.berth.driver.HostRef;
import java.util.Set;

/**
 * "End this VM for good, wherever it is."
 *
 * @param vm its name or UUID
 * @param deadHosts hosts that the user claims to be dead
 */
public record TerminateRequest(String vm, Set<HostRef> deadHosts) {
    public TerminateRequest {
        deadHosts = Set.copyOf(deadHosts);
    }
}
