package io.berth.simulator.world;

/** The promise's parts, by the letters the checker reports them under. */
public enum Clause {
    /** (a) At most one copy of a guest is alive. */
    ONE_COPY,
    /** (b) Neither alive nor in a complete, unconsumed checkpoint never happens, but for the named exception. */
    NEVER_NEITHER,
    /** (c) A checkpoint is used once, and never after its guest ran. */
    USED_ONCE,
    /** (d) Nothing that Berth made stays behind unowned. */
    NOTHING_UNOWNED,
    /** (e) What Berth reports is so. */
    TRUE_REPORT,
    /** (f) Memory and disks belong together. */
    SAME_MEMORY,
    /** Recovery comes to an end, and what nobody disturbed succeeds. */
    PROGRESS
}
