package io.berth.engine;

/** What a VM does, seen over all hosts and datastores. */
public enum MachineState {
    RUNNING,
    PAUSED,
    /** It isn't anywhere, and a complete checkpoint holds its memory. */
    SUSPENDED,
    /** The same, and it has given its host up. */
    STOPPED,
    SHUT_OFF,
    /** A process runs it that its hypervisor's daemon denies. */
    ORPHANED,
    /** Being saved, restored or migrated right now. */
    BUSY,
    /** It has memory but can't go on. */
    BROKEN;

    /** Whether all there is of its memory is a checkpoint. */
    public boolean isInACheckpoint() {
        return this == SUSPENDED || this == STOPPED;
    }
}
