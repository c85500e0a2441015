package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;

/** Which folders a host sees in the datastore's folder. */
final class FolderView {
    private final FolderSettings settings;
    private final DatastoreHosts hosts;

    FolderView(FolderSettings settings, DatastoreHosts hosts) {
        this.settings = settings;
        this.hosts = hosts;
    }

    /**
     * A mount that is missing must not look like a folder that is gone.
     *
     * @throws Failure {@code storage.unreachable} when the datastore's own folder isn't there
     */
    boolean has(HostRef host, String path) {
        if (isThere(host, path)) {
            return true;
        }
        if (!isThere(host, settings.folder())) {
            throw Failure.of(FailureKind.STORAGE, "storage.unreachable", "the folder of the datastore isn't there")
                    .host(host)
                    .why(Printable.line(settings.folder()) + " isn't there: is it mounted?")
                    .next("mount the datastore on the host or correct its folder, then try again")
                    .build();
        }
        return false;
    }

    private boolean isThere(HostRef host, String path) {
        var answer = hosts.on(host, DirectoryCommands.look(path));
        if (answer.says("absent")) {
            return false;
        }
        if (!answer.succeeded()) {
            throw answer.failure("it is unknown whether " + Printable.line(path) + " is there", settings);
        }
        return true;
    }
}
