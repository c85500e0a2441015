package io.berth.core.fleet;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Memory of hosts that a plan gives away: what one VM was promised another doesn't get. */
final class Room {
    private final Map<HostRef, DataSize> free;

    Room(Map<HostRef, DataSize> free) {
        this.free = new HashMap<>(free);
    }

    /** What is left; empty of a host that isn't known. */
    Optional<DataSize> at(HostRef host) {
        return Optional.ofNullable(free.get(host));
    }

    /** Whether so much is left there; then it is taken. */
    boolean take(HostRef host, DataSize size) {
        var left = free.get(host);
        if (left == null || size.exceeds(left)) {
            return false;
        }
        free.put(host, new DataSize(left.bytes() - size.bytes()));
        return true;
    }
}
