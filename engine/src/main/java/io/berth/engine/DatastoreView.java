package io.berth.engine;

import io.berth.driver.HostRef;
import io.berth.driver.storage.Capacity;
import java.util.List;
import java.util.Optional;

/**
 * A datastore as it is configured.
 *
 * @param driver the driver's type
 * @param hosts that see it
 * @param room empty when it couldn't be asked
 */
public record DatastoreView(String name, String driver, List<HostRef> hosts, Optional<Capacity> room) {
    public DatastoreView {
        hosts = List.copyOf(hosts);
    }
}
