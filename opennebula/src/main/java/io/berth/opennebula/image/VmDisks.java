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
     * @param growsTo MiB; empty: as large as the image
     * @param allocated whether all of its space is to be taken at once
     * @param layered whether a copy of a QCOW2 image is to be a layer over it, as the site's configuration has all of them
     */
    record Wanted(Format format, Optional<Long> growsTo, boolean allocated, boolean layered) {}

    /** What an image's file is. */
    enum Format {
        /** The disk's content, byte by byte. */
        RAW,
        /** It may lie over another one, and have snapshots beside it. */
        QCOW2,
        /** Something else, or it isn't said. */
        OTHER
    }
}
