package io.berth.core.operation;

import io.berth.driver.HostRef;
import java.util.Set;

/**
 * "End this VM for good, wherever it is."
 *
 * @param vm its name or UUID
 * @param deadHosts hosts that the user claims to be dead
 * @param deletesDirectories its directories go with it, with all that is in them; otherwise they stay where they are
 */
public record TerminateRequest(String vm, Set<HostRef> deadHosts, boolean deletesDirectories) {
    public TerminateRequest {
        deadHosts = Set.copyOf(deadHosts);
    }

    /** Its directories stay. */
    public static TerminateRequest of(String vm) {
        return new TerminateRequest(vm, Set.of(), false);
    }
}
