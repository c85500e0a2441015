package io.berth.core.fleet;

import io.berth.driver.HostRef;

/** What operations share, and what is therefore limited. */
sealed interface Resource {
    record OfHost(HostRef host) implements Resource {}

    record OfDatastore(String datastore) implements Resource {}
}
