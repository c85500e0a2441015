package io.berth.opennebula.action;

import io.berth.driver.Failure;

/** The table of all requests. */
public final class Recipes {
    private Recipes() {}

    /**
     * What the request comes to. Nothing is touched.
     *
     * @throws Failure {@code mad.request-incomplete}, {@code mad.request-unsupported}, {@code mad.no-deployment}
     */
    public static Recipe of(VmmRequest request, Ask ask) {
        return switch (request) {
            case DEPLOY -> PowerRecipes.deploy(ask);
            case SHUTDOWN -> PowerRecipes.end(ask, "shutdown");
            case CANCEL -> PowerRecipes.end(ask, "cancel");
            case REBOOT -> PowerRecipes.restart(ask, "reboot");
            case RESET -> PowerRecipes.restart(ask, "reset");
            case CLEANUP -> PowerRecipes.cleanup(ask);
            case SAVE -> MemoryRecipes.save(ask);
            case RESTORE -> MemoryRecipes.restore(ask);
            case MIGRATE -> MemoryRecipes.migrate(ask);
            case SNAPSHOTCREATE -> MemoryRecipes.snapshotCreate(ask);
            case SNAPSHOTREVERT -> MemoryRecipes.snapshotRevert(ask);
            case SNAPSHOTDELETE -> MemoryRecipes.snapshotDelete(ask);
            case ATTACHDISK -> DiskRecipes.attach(ask);
            case DETACHDISK -> DiskRecipes.detach(ask);
            case RESIZEDISK -> DiskRecipes.resize(ask);
            case DISKSNAPSHOTCREATE -> DiskRecipes.snapshot(ask);
            case ATTACHNIC -> NicRecipes.attach(ask);
            case DETACHNIC -> NicRecipes.detach(ask);
            case UPDATECONF -> NicRecipes.updateContext(ask);
            case UPDATESG -> NicRecipes.updateSecurityGroup(ask);
            case UPDATENIC -> NicRecipes.updateNetwork(ask);
            case BACKUP -> BackupRecipes.backup(ask);
            case BACKUPCANCEL -> BackupRecipes.cancel(ask);
            case POLL -> SingleRecipes.poll(ask);
            case RESIZE -> SingleRecipes.ofGuest(ask, "RESIZE", "resize");
            case EXEC -> SingleRecipes.ofGuest(ask, "EXEC", "exec");
            case EXEC_CANCEL -> SingleRecipes.ofGuest(ask, "EXEC_CANCEL", "exec_cancel");
        };
    }
}
