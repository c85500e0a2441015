package io.berth.opennebula.oned;

/** What a datastore is for, in the order of OpenNebula's numbers. */
public enum DatastoreType {
    IMAGE,
    SYSTEM,
    FILE,
    BACKUP,
    /** A number that this version doesn't know. */
    OTHER;

    static DatastoreType of(int number) {
        return number >= 0 && number < OTHER.ordinal() ? values()[number] : OTHER;
    }
}
