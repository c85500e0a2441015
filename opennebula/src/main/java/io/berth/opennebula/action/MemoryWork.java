package io.berth.opennebula.action;

/** What a script of the hypervisor's is to do with a guest's memory. */
public enum MemoryWork {
    SAVE,
    RESTORE,
    /** To another host, while the guest runs. */
    MOVE;

    /**
     * Whether a success is looked after too: what follows a migration takes the guest's directory away from where it isn't
     * to be any more.
     */
    public boolean isDoubtedOnSuccess() {
        return this == MOVE;
    }
}
