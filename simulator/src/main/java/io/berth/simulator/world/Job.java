package io.berth.simulator.world;

import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import java.time.Instant;

/**
 * What a host goes on with though perhaps nobody waits for it any more.
 *
 * @param operation on whose behalf it was begun
 * @param volume that it has open
 * @param due when it ends by itself
 */
public record Job(Kind kind, VmRef vm, OperationId operation, VolumeRef volume, Instant due, Ending ending) {
    public Job(Kind kind, VmRef vm, OperationId operation, VolumeRef volume, Instant due, Runnable effect) {
        this(kind, vm, operation, volume, due, new Ending(effect));
    }

    /** What it does. */
    public enum Kind {
        /** The daemon saves: it lets nobody else at the guest meanwhile. */
        SAVE,
        /** A command of ours takes the emulator's stream: the daemon knows nothing of it and refuses nothing. */
        STREAM,
        /** The daemon restores. */
        RESTORE
    }
}
