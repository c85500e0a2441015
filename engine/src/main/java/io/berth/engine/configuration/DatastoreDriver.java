package io.berth.engine.configuration;

/** Kinds of storage. */
enum DatastoreDriver {
    /** Sparse files in a folder, as loop devices. */
    LOOP,

    /** Plain files in a folder. */
    DIRECTORY,

    /** Images in a pool of a Ceph cluster. */
    CEPH,

    /** Whatever a site's own executables make. */
    SCRIPT
}
