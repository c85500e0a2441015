package io.berth.core.operation;

/** How a VM gets to another host. */
public enum MigrationMode {
    /** Live when nothing speaks against it, else through a checkpoint. */
    BEST,
    /** While it runs, from hypervisor to hypervisor. */
    LIVE,
    /** Through a checkpoint. */
    COLD
}
