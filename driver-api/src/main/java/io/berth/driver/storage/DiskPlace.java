package io.berth.driver.storage;

/** Where the file at a disk's source path is, for a datastore that has it. */
public sealed interface DiskPlace {
    /**
     * In a VM's directory.
     *
     * @param file its path from there, free of links
     */
    record Inside(VmDirectory directory, String file) implements DiskPlace {}

    /**
     * In a VM's directory is a link alone.
     *
     * @param target absolute path, free of links, of what it stands for, outside of that directory
     */
    record Linked(VmDirectory directory, String target) implements DiskPlace {}

    /** On the datastore, but in no VM's directory: nothing moves it along with a VM. */
    record Loose() implements DiskPlace {}
}
