package io.berth.opennebula.memory;

import io.berth.driver.HostRef;
import io.berth.opennebula.action.MemoryDeed;

/** Whether what a deed was to bring about is so. */
enum Truth {
    DONE,
    NOT_DONE,
    /** Whoever could tell doesn't answer, or the guest is in no state to stay in. */
    UNKNOWN;

    /** As far as can be seen, while nobody works on the guest. */
    static Truth of(MemoryDeed deed, Sight sight) {
        return switch (deed) {
            case MemoryDeed.Save _ -> saved(sight);
            case MemoryDeed.Restore restore -> arrived(sight, restore.host());
            case MemoryDeed.Move move ->
                sight.isAliveOnlyOn(move.host()) ? NOT_DONE : arrived(sight, move.destination());
        };
    }

    /** A silent host may have the guest paused beside its checkpoint: before that is restored the engine finds out. */
    private static Truth saved(Sight sight) {
        if (sight.isInACheckpoint()) {
            return DONE;
        }
        return sight.isOnAHost() || !sight.isDatastoreSilent() ? NOT_DONE : UNKNOWN;
    }

    private static Truth arrived(Sight sight, HostRef host) {
        if (sight.isAliveOnlyOn(host)) {
            return DONE;
        }
        return !sight.isInACheckpoint() && (sight.isOn(host) || sight.isSilent(host)) ? UNKNOWN : NOT_DONE;
    }
}
