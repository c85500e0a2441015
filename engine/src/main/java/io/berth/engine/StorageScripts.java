package io.berth.engine;

/** The datastores that are made by a site's own scripts. Thread-safe. */
public interface StorageScripts {
    /**
     * Tries the datastore's scripts against their contract, on its hosts, with small volumes of its own. Takes a minute.
     *
     * @throws io.berth.driver.Failure {@code datastore.unknown}, {@code datastore.no-host}, {@code datastore.no-scripts}
     *     (all CALLER)
     */
    ScriptTest test(String datastore);
}
