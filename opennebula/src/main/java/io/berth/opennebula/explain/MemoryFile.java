package io.berth.opennebula.explain;

/** What lies at the standard place of a checkpoint. */
public enum MemoryFile {
    /** It begins as libvirt marks an image that it has finished. */
    COMPLETE,
    /** It begins as libvirt marks an image that is being written, or it is something else. */
    UNFINISHED,
    NONE,
    /** It couldn't be looked at. */
    UNTOLD
}
