package io.berth.journal.sqlite;

/**
 * What leases have to know of the running system: whether the owner of one still lives. Thread-safe.
 *
 * <p>All processes of one SQLite journal are on one machine, so its own clock since boot serves: it goes on in
 * suspend-to-RAM and doesn't jump when somebody sets the time.
 */
public interface Machine {
    /**
     * Identity of the running system, then a slash, then identity of the space its process ids belong to. Another
     * first part means: rebooted since. Another second part means: the same system, but its process ids say nothing
     * here (a container).
     */
    String identity();

    /** Milliseconds since boot. */
    long uptimeMillis();

    /**
     * Whether the process that began at that time still runs. False when another process has its pid now.
     *
     * @param started in clock ticks since boot, as {@code /proc/PID/stat} has it
     */
    boolean runs(long pid, long started);
}
