package io.berth.driver.storage;

/** How far a checkpoint has come, in this order and never back. */
public enum CheckpointState {
    /** The volume's name is taken. */
    ALLOCATED,
    /** Memory is being written; what is there is worth nothing. */
    WRITING,
    /** All of the memory is there, durable, and was never used: this is the VM. */
    COMPLETE,
    /** A guest was made of it. It must never be used again. */
    CONSUMED
}
