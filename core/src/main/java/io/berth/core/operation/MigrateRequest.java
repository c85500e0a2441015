package io.berth.core.operation;

import io.berth.driver.HostRef;

/**
 * "Bring this VM to another host."
 *
 * @param save where it is and, in case it goes through a checkpoint, how its memory is to be written
 * @param target where it is to go on
 */
public record MigrateRequest(SuspendRequest save, HostRef target, MigrationMode mode) {
    public static MigrateRequest of(String vm, HostRef target, MigrationMode mode) {
        return new MigrateRequest(SuspendRequest.of(vm), target, mode);
    }
}
