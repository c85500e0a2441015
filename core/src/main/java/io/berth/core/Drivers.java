package io.berth.core;

import io.berth.driver.HostRef;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostGuard;
import io.berth.driver.host.HostLinks;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.storage.StorageDriver;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The outer world as the core sees it. Thread-safe. */
public interface Drivers {
    /** @throws io.berth.driver.Failure {@code datastore.unknown} (CALLER) */
    StorageDriver storage(String datastore);

    /** Every configured datastore by name. */
    SortedMap<String, StorageDriver> datastores();

    /** Those where checkpoints can be: where hosts don't see the same, nobody looks for any. */
    default SortedMap<String, StorageDriver> checkpointDatastores() {
        var keeping = new TreeMap<>(datastores());
        keeping.values().removeIf(storage -> !storage.keepsCheckpoints());
        return keeping;
    }

    /** @throws io.berth.driver.Failure {@code host.unknown} (CALLER) */
    HypervisorDriver hypervisor(HostRef host);

    /** Every host that was added. */
    SortedSet<HostRef> hosts();

    HostGuard guard();

    HostDevices devices();

    HostLinks links();
}
