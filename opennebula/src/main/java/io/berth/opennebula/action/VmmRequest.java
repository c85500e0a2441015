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

    /** Whether a guest's memory is kept or moved by it, which may take long to be known. */
    public boolean isOfMemory() {
        return switch (this) {
            case SAVE, RESTORE, MIGRATE -> true;
            case DEPLOY, SHUTDOWN, CANCEL, REBOOT, RESET, CLEANUP, POLL, ATTACHDISK, DETACHDISK, RESIZEDISK -> false;
            case DISKSNAPSHOTCREATE, SNAPSHOTCREATE, SNAPSHOTREVERT, SNAPSHOTDELETE, ATTACHNIC, DETACHNIC -> false;
            case UPDATECONF, UPDATESG, UPDATENIC, RESIZE, BACKUP, BACKUPCANCEL, EXEC, EXEC_CANCEL -> false;
        };
    }

    /** Whether the core has gone on with the VM when it asks for it: no older answer about its memory counts any more. */
    public boolean isNextInLife() {
        return isOfMemory() || this == DEPLOY || this == SHUTDOWN || this == CANCEL || this == CLEANUP;
    }
}
