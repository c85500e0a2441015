package io.berth.simulator.lifecycle;

/** What somebody is told of an attempt's end. */
public enum Told {
    /** It is done. */
    DONE,
    /** It is done, and there was no memory in what was deleted. */
    DONE_WITH_LEFTOVERS,
    /** It isn't done, and all is as it was. */
    UNDONE,
    /** It isn't done: the VM is suspended instead. */
    STRANDED,
    /** The memory is lost. */
    MEMORY_LOST,
    /** Nothing was begun. */
    REFUSED,
    /** Nothing was begun because the VM is suspended. */
    REFUSED_AS_SUSPENDED,
    /** Nothing was begun because the VM is alive. */
    REFUSED_AS_ALIVE
}
