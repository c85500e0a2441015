package io.berth.engine.configuration;

/** Where the memory of VMs goes whose disks lie on a datastore, in the words that OpenNebula's sites have for it. */
public enum CheckpointLocation {
    /** Onto a volume, wherever checkpoints go: the datastore that is named, or the default one. */
    BLOCK,

    /** Into a file on that very datastore. */
    FILE,

    /** Into a file on that datastore first, and from there to where {@link #BLOCK} puts it. */
    SYSTEM
}
