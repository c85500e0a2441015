package io.berth.opennebula.simulated;

/** Where the simulated site's guest has its memory at first. */
enum Memory {
    ON_ITS_HOST,
    IN_A_CHECKPOINT,
    /** Where the site's scripts have put it, and Berth knows nothing of it. */
    IN_A_FOREIGN_IMAGE;

    boolean isSaved() {
        return this != ON_ITS_HOST;
    }
}
