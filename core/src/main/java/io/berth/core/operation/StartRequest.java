package io.berth.core.operation;

import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.Set;

/**
 * "Start this VM again."
 *
 * @param vm its name, its UUID or its checkpoint's name
 * @param host where; empty: on the host with the most free memory that it can go on at
 * @param deadHosts hosts that the user claims to be dead
 */
public record StartRequest(String vm, Optional<HostRef> host, Set<HostRef> deadHosts) {
    public StartRequest {
        deadHosts = Set.copyOf(deadHosts);
    }

    public static StartRequest of(String vm) {
        return new StartRequest(vm, Optional.empty(), Set.of());
    }
}
