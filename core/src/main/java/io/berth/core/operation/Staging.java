package io.berth.core.operation;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.Capacity;
import java.util.List;

/**
 * Where an image is written to a file first.
 *
 * @param datastore of VMs' directories that the file is to be beside
 * @param host of the guest
 * @param room for it there
 */
public record Staging(String datastore, HostRef host, Capacity room) {
    private static final String OR_ELSE = ", or name the checkpoint's datastore with --datastore: then no file is made";

    /** @throws Failure {@code storage.no-room} (STORAGE) */
    void requireRoom(DataSize size) {
        if (size.exceeds(room.free())) {
            throw Failure.of(FailureKind.STORAGE, "storage.no-room", "no room for the file that memory goes through")
                    .host(host)
                    .why("datastore " + datastore + " has " + room.free() + " free there, the file may take " + size)
                    .next("free space there" + OR_ELSE)
                    .build();
        }
    }

    /** @throws Failure {@code staging.same-datastore} (CALLER) */
    void requireOther(String checkpoints) {
        if (datastore.equals(checkpoints)) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "staging.same-datastore",
                            "memory would go through a file on " + datastore + " onto " + datastore)
                    .why("'checkpoint-location: system' is for checkpoints on another datastore")
                    .next("say 'checkpoint-location: file' there, or name another 'default-datastore'")
                    .build();
        }
    }

    /**
     * The writers that can begin with a file: what a guest goes on from when the image comes no further is the guest
     * itself, as it was paused.
     *
     * @throws Failure {@code staging.no-writer} (CALLER) when none of them can
     */
    List<MemoryWriter> usable(List<MemoryWriter> wanted) {
        var usable = wanted.stream()
                .filter(writer -> writer.keepsGuest() && writer.pausesFirst())
                .toList();
        if (usable.isEmpty()) {
            throw Failure.of(FailureKind.CALLER, "staging.no-writer", wanted + " can't write through a file")
                    .host(host)
                    .why("datastore " + datastore + " has 'checkpoint-location: system', and the guest must stand"
                            + " paused until its checkpoint is complete")
                    .next("allow STREAM or SNAPSHOT" + OR_ELSE)
                    .build();
        }
        return usable;
    }
}
