package io.berth.core.fleet;

/** What is done with a VM. */
public enum Way {
    SUSPEND,
    RESUME,
    /** It goes on running meanwhile. */
    MIGRATE_LIVE,
    /** Through a checkpoint. */
    MIGRATE_COLD
}
