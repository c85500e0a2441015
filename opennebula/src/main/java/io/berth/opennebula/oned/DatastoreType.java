package io.berth.opennebula.oned;

/** What a datastore is for. */
public enum DatastoreType {
    IMAGE,
    SYSTEM,
    FILE,
    BACKUP,
    /** A number that this version doesn't know. */
    OTHER;

    /** @param number OpenNebula's */
    static DatastoreType of(int number) {
        return switch (number) {
            case 0 -> IMAGE;
            case 1 -> SYSTEM;
            case 2 -> FILE;
            case 3 -> BACKUP;
            default -> OTHER;
        };
    }
}
