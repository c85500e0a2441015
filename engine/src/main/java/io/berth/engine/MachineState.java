package io.berth.engine;

import io.berth.driver.hypervisor.GuestState;

/** What a VM does, seen over all hosts and datastores. */
public enum MachineState {
    RUNNING,
    PAUSED,
    /** It isn't anywhere, and a complete checkpoint holds its memory. */
    SUSPENDED,
    SHUT_OFF,
    /** A process runs it that its hypervisor's daemon denies. */
    ORPHANED,
    /** Being saved, restored or migrated right now. */
    BUSY,
    /** It has memory but can't go on. */
    BROKEN;

    static MachineState of(GuestState state) {
        return switch (state) {
            case RUNNING -> RUNNING;
            case PAUSED -> PAUSED;
            case SHUT_OFF -> SHUT_OFF;
            case ORPHANED -> ORPHANED;
            case BUSY -> BUSY;
            case BROKEN -> BROKEN;
        };
    }
}
