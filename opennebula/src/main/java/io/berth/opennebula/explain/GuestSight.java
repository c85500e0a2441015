package io.berth.opennebula.explain;

/** What a look at a host showed of the guest. */
public enum GuestSight {
    RUNNING,
    /** Its memory is there and stands still: by its owner, or because somebody saves or moves it. */
    PAUSED,
    /**
     * It has memory there, in a state that tells nothing for sure: crashed, shutting down, being moved, a process without its
     * daemon.
     */
    BETWEEN,
    /** Not there, or only defined. */
    ABSENT,
    /** The host gave no answer. */
    UNTOLD,
    /** The host has no libvirt that could be asked: something else runs its guests. */
    UNASKED;

    boolean isAlive() {
        return this == RUNNING || this == PAUSED || this == BETWEEN;
    }
}
