package io.berth.core;

import io.berth.driver.HostRef;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostGuard;
import io.berth.driver.host.HostLinks;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.storage.StorageDriver;
import java.util.SortedMap;
import java.util.SortedSet;

/** The outer world as the core sees it. Thread-safe. */
public interface Drivers {
    /** @throws io.berth.driver.Failure {@code datastore.unknown} (CALLER) */
    StorageDriver storage(String datastore);

    /** Every configured datastore by name. */
    SortedMap<String, StorageDriver> datastores();

    /** @throws io.berth.driver.Failure {@code host.unknown} (CALLER) */
    HypervisorDriver hypervisor(HostRef host);

    /** Every host that was added. */
    SortedSet<HostRef> hosts();

    HostGuard guard();

    HostDevices devices();

    HostLinks links();
}
