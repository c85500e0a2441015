package io.berth.opennebula.image;

import java.util.Optional;

/** What OpenNebula knows of VMs' disks. Thread-safe. */
@FunctionalInterface
public interface VmDisks {
    /** The disk of that number; empty when it can't be told now. */
    Optional<Wanted> disk(int vm, int number);

    /** For a driver that has nobody to ask. */
    static VmDisks untold() {
        return (_, _) -> Optional.empty();
    }

    /**
     * A disk as it is to be made of an image.
     *
     * @param raw whether the image is the disk's content byte by byte
     * @param growsTo MiB; empty: as large as the image
     * @param allocated whether all of its space is to be taken at once
     */
    record Wanted(boolean raw, Optional<Long> growsTo, boolean allocated) {}
}
