package io.berth.core.operation;

/** Where the memory of VMs goes whose disks are in directories of a datastore, when their user names none. */
public enum MemoryPlace {
    /** Onto that very datastore. */
    BESIDE_DISKS,

    /** Into a file there, and from that onto the datastore where checkpoints go. */
    THROUGH_A_FILE
}
