package io.berth.opennebula.memory;

import java.nio.file.Path;
import java.util.Optional;

/** Where Berth's own datastores have VMs' directories. Thread-safe. */
@FunctionalInterface
public interface DirectoryFolders {
    /** The folder of a datastore, the same on every host; empty: it has none, or there is no such datastore. */
    Optional<Path> folder(String datastore);

    /** For a driver that has nobody to ask. */
    static DirectoryFolders untold() {
        return _ -> Optional.empty();
    }
}
