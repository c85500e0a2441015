package io.berth.engine;

import io.berth.core.journal.OperationEntry;
import io.berth.core.operation.Leftover;
import io.berth.core.operation.Recovered;
import io.berth.driver.HostRef;
import java.util.List;
import java.util.Set;

/** Puts right what accidents left behind. Thread-safe. */
public interface Upkeep {
    /** The operations that {@link #recover} would go on with. */
    List<OperationEntry> unfinished();

    /**
     * Finishes or undoes each operation whose process is gone.
     *
     * @param deadHosts hosts that a person claims to be switched off
     */
    List<Recovered> recover(Set<HostRef> deadHosts, Watch watch);

    /** Writes operations back into a journal that was lost, from what storage and hosts say. Answers which. */
    List<String> rebuild();

    /**
     * Looks at configuration, journal, hosts, datastores, unfinished operations and leftovers, and changes nothing. What
     * is in trouble is said, never thrown.
     */
    List<Finding> examine();

    /** What nobody owns; {@code delete}: removes what is safe to remove. */
    Found<Leftover> collectGarbage(boolean delete);
}
