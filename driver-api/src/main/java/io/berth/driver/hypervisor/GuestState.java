package io.berth.driver.hypervisor;

/** What a guest does on a host. */
public enum GuestState {
    RUNNING,
    /** Stopped with its memory intact. */
    PAUSED,
    /** Defined, but not there. */
    SHUT_OFF,
    /**
     * A process runs the guest though the hypervisor's daemon denies it (libvirt drops a transient domain after a
     * failed restore while QEMU goes on: seen with libvirt 9.0 and 11.3). Counts as running until proven otherwise.
     */
    ORPHANED,
    /** In between: being saved, restored or migrated by somebody; ask again. */
    BUSY,
    /** Memory is there but can't go on (crashed, I/O error state). */
    BROKEN;

    /** Whether a copy of the guest exists that has memory. */
    public boolean isAlive() {
        return this != SHUT_OFF;
    }
}
