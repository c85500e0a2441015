package io.berth.opennebula.explain;

import java.util.List;

/**
 * What a look at the VM's folder on a host showed.
 *
 * @param identity of the folder, the same on all machines that share it and on no two that don't; empty when not known
 * @param memoryIdentity of the checkpoint file, likewise
 * @param leftovers files named {@code checkpoint.EPOCH}, which stock's save sets aside and nobody restores from
 */
public record FolderSight(
        Presence presence, String identity, MemoryFile memory, String memoryIdentity, List<String> leftovers) {
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

    static FolderSight untold() {
        return new FolderSight(Presence.UNTOLD, "", MemoryFile.UNTOLD, "", List.of());
    }
}
