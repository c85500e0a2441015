package io.berth.core.fleet;

import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.Set;

/**
 * "Resume all VMs that are suspended, where they were." Those that were stopped stay so.
 *
 * @param host only those that were on this one
 * @param deadHosts hosts that the user claims to be dead
 */
public record ResumeAllRequest(Optional<HostRef> host, Set<HostRef> deadHosts) {
    public ResumeAllRequest {
        deadHosts = Set.copyOf(deadHosts);
    }

    public static ResumeAllRequest everything() {
        return new ResumeAllRequest(Optional.empty(), Set.of());
    }
}
