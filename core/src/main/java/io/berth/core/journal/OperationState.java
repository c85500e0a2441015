package io.berth.core.journal;

/** Where an operation stands. */
public enum OperationState {
    /** Its owner works on it, or died in the middle. */
    ACTIVE,
    /** What was asked is done, and nothing is left to do. */
    SUCCEEDED,
    /** What was asked is done; something made on the way is still to be removed. Recovery goes on with it. */
    SUCCEEDED_CLEANUP_PENDING,
    /** It wasn't done, and all that was made on the way is undone. */
    FAILED,
    /** It can't be finished nor undone now (a host doesn't answer). Recovery goes on with it. */
    PENDING;

    /** Whether recovery still has something to do. */
    public boolean isOpen() {
        return this == ACTIVE || this == SUCCEEDED_CLEANUP_PENDING || this == PENDING;
    }
}
