package io.berth.engine.configuration;

/** Kinds of storage. */
public enum DatastoreDriver {
    /** Sparse files in a folder, as loop devices. */
    LOOP,

    /** Plain files in a folder. */
    DIRECTORY
}
