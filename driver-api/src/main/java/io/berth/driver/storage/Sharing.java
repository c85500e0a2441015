package io.berth.driver.storage;

/** Whether two hosts see the very same directories of a datastore. */
public enum Sharing {
    /** They do: it was seen, or the configuration says so. */
    SHARED,
    /**
     * What one wrote wasn't seen at the other. That is no proof: a host may go on believing for a while that a name isn't
     * there. Nothing may be deleted on this ground alone.
     */
    NOT_SEEN,
    /** They don't, says the configuration. */
    APART
}
