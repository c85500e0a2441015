package io.berth.core.operation;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.Capacity;

/** Whether a checkpoint fits. */
final class CheckpointRoom {
    private CheckpointRoom() {}

    /** @throws Failure {@code storage.no-room} (STORAGE) */
    static void require(String datastore, Capacity room, DataSize size) {
        if (size.exceeds(room.free())) {
            throw Failure.of(FailureKind.STORAGE, "storage.no-room", "no room for the checkpoint")
                    .why("datastore " + datastore + " has " + room.free() + " free, the checkpoint may take " + size)
                    .next("free space there, or name another datastore with --datastore")
                    .build();
        }
    }
}
