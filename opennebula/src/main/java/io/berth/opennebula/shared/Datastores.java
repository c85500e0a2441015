package io.berth.opennebula.shared;

import java.util.Map;
import java.util.Optional;

/** What OpenNebula knows of datastores. Thread-safe. */
@FunctionalInterface
public interface Datastores {
    /** The attributes of its template, names in capitals; empty when that can't be told now. */
    Optional<Map<String, String>> attributes(int datastore);

    /** For a driver that has nobody to ask. */
    static Datastores untold() {
        return _ -> Optional.empty();
    }
}
