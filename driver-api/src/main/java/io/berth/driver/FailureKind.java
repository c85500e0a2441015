package io.berth.driver;

/** Whose fault a failure is, and so what helps. */
public enum FailureKind {
    /** What was asked makes no sense or isn't allowed: ask for something else. */
    CALLER,
    /** Host, network, configuration or permissions. */
    ENVIRONMENT,
    STORAGE,
    HYPERVISOR,
    /** Somebody else holds it, did it or changed it meanwhile. */
    CONFLICT,
    /** The caller or a person stopped it. */
    CANCELLED,
    /**
     * It may have been done or not: the answer never came. Whoever gets this probes before anything else is done.
     */
    UNKNOWN_OUTCOME,
    /** Berth itself is wrong. */
    BUG
}
