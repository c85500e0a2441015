package io.berth.engine.configuration;

import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.List;

/**
 * A datastore.
 *
 * @param hosts who see it; empty: every host
 * @param writers the preferred one first
 */
public record DatastoreConfiguration(
        String name, StorageConfiguration storage, List<HostRef> hosts, List<MemoryWriter> writers) {
    public DatastoreConfiguration {
        hosts = List.copyOf(hosts);
        writers = List.copyOf(writers);
    }
}
