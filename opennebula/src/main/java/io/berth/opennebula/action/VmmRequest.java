package io.berth.opennebula.action;

import java.util.Optional;
import java.util.stream.Stream;

/** The requests that a VM driver answers. */
public enum VmmRequest {
    DEPLOY,
    SHUTDOWN,
    CANCEL,
    REBOOT,
    RESET,
    SAVE,
    RESTORE,
    MIGRATE,
    CLEANUP,
    POLL,
    ATTACHDISK,
    DETACHDISK,
    RESIZEDISK,
    DISKSNAPSHOTCREATE,
    SNAPSHOTCREATE,
    SNAPSHOTREVERT,
    SNAPSHOTDELETE,
    ATTACHNIC,
    DETACHNIC,
    UPDATECONF,
    UPDATESG,
    UPDATENIC,
    RESIZE,
    BACKUP,
    BACKUPCANCEL,
    EXEC,
    EXEC_CANCEL;

    /** Of that name, as it stands in the line. */
    public static Optional<VmmRequest> named(String name) {
        return Stream.of(values())
                .filter(request -> request.name().equals(name))
                .findFirst();
    }
}
