package io.berth.engine;

/** The datastores that memory may be written to. Thread-safe. */
public interface Datastores {
    /** All that are configured. One that can't be asked is in the list without its room. */
    Found<DatastoreView> list();

    /**
     * Tries a datastore out: every host of it that answers writes a sample to a small volume, as if it were a VM's memory,
     * and the next one reads it; volume, ledger and attachments are gone again afterwards. Each host's rehearsal is an
     * operation of its own, for the journal, recovery and cancellation; one that fails doesn't hold the others up.
     *
     * @return what was found; in trouble too
     * @throws io.berth.driver.Failure {@code datastore.unknown}, {@code datastore.no-host} (CALLER)
     */
    DatastoreCheck check(String datastore, Watch watch);
}
