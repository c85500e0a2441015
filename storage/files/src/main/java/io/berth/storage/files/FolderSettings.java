package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import java.util.List;

/**
 * One datastore of sparse files. Immutable.
 *
 * @param datastore its name, the one in {@link io.berth.driver.storage.VolumeRef#datastore()}
 * @param folder absolute path of the folder with the volumes, the same on every host and free of symbolic links
 *     (the kernel names a loop device's file by its real path). Berth never makes it: made where a mount is missing
 *     it would hide that
 * @param hosts who see the folder, nearest first; the first that can be reached does the work on files. At least one
 * @param shared whether they see the same folder; volumes and the ledger need that they do, VM directories don't
 * @param hostToHost how VM directories get from one to another
 */
public record FolderSettings(
        String datastore, String folder, List<HostRef> hosts, SharedFolder shared, HostToHost hostToHost) {
    /** Of hosts that share the folder. */
    public FolderSettings(String datastore, String folder, List<HostRef> hosts) {
        this(datastore, folder, hosts, SharedFolder.YES, HostToHost.USUAL);
    }

    public FolderSettings {
        hosts = List.copyOf(hosts);
        if (datastore.isBlank()) {
            throw bad("a datastore needs a name", "give the datastore a name");
        }
        if (!isPlainAbsolutePath(folder)) {
            throw bad(
                    "'" + Printable.line(folder) + "' can't be the folder of datastore " + Printable.line(datastore),
                    "name the folder by its absolute path, without '.', '..', '//' and control characters");
        }
        if (hosts.isEmpty()) {
            throw bad("datastore " + Printable.line(datastore) + " has no host", "name the hosts that see " + folder);
        }
    }

    private static boolean isPlainAbsolutePath(String path) {
        if (!path.startsWith("/") || path.length() < 2 || path.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        return List.of(path.substring(1).split("/", -1)).stream()
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private static Failure bad(String what, String next) {
        return Failure.of(FailureKind.CALLER, "datastore.bad-settings", what)
                .next(next)
                .build();
    }
}
