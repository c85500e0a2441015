package io.berth.driver.hypervisor;

/** How a guest that isn't on a host any more has left it, as the host knows it. */
public enum Departure {
    /** Its memory was handed over whole, and it never ran there again. */
    MIGRATED,
    /** It ended there: a copy that stands elsewhere is older than its disks. */
    ENDED,
    /** The host doesn't tell, or doesn't know. */
    UNKNOWN
}
