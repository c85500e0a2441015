package io.berth.driver.hypervisor;

/** When definitions are transformed. */
public enum Phase {
    /** Before a cold start: anything may change. */
    DEPLOY,
    /** Before a restore: only what the running guest can't see may change. */
    RESTORE
}
