package io.berth.core.operation;

import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.Set;

/**
 * "Resume this VM."
 *
 * @param vm its name, its UUID or its checkpoint's name
 * @param host where; empty: where it was suspended
 * @param deadHosts hosts that the user claims to be dead
 */
public record ResumeRequest(String vm, Optional<HostRef> host, Set<HostRef> deadHosts) {
    public ResumeRequest {
        deadHosts = Set.copyOf(deadHosts);
    }

    public static ResumeRequest of(String vm, HostRef host) {
        return new ResumeRequest(vm, Optional.of(host), Set.of());
    }
}
