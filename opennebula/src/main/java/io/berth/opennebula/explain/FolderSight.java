package io.berth.opennebula.explain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a look at the VM's folder on a host showed.
 *
 * @param identity of the folder, the same on all machines that share it and on no two that don't; empty when not known
 * @param memoryIdentity of the checkpoint file, likewise
 * @param memoryAge how long ago it was written, by the host's clock; empty when not known
 * @param leftovers files named {@code checkpoint.EPOCH}, which stock's save sets aside and nobody restores from
 */
public record FolderSight(
        Presence presence,
        String identity,
        MemoryFile memory,
        String memoryIdentity,
        Optional<Duration> memoryAge,
        List<String> leftovers) {
    /** Clocks tell seconds, and the file may lie on another machine than the one that tells its age. */
    private static final Duration VAGUE = Duration.ofSeconds(5);

    public FolderSight {
        leftovers = List.copyOf(leftovers);
    }

    /** Whether the folder is there. */
    public enum Presence {
        THERE,
        MISSING,
        /** The host gave no answer, or the datastore itself isn't mounted there. */
        UNTOLD
    }

    /** Whether both machines see one and the same folder. */
    boolean isSameAs(FolderSight other) {
        return !identity.isEmpty() && identity.equals(other.identity);
    }

    /** Whether a whole checkpoint lies in it that was written within that time. */
    boolean hasMemoryWritten(Duration within) {
        return memory == MemoryFile.COMPLETE
                && memoryAge
                        .filter(age -> age.compareTo(within.plus(VAGUE)) <= 0)
                        .isPresent();
    }

    static FolderSight untold() {
        return new FolderSight(Presence.UNTOLD, "", MemoryFile.UNTOLD, "", Optional.empty(), List.of());
    }
}
