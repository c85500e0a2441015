package io.berth.core.operation;

import io.berth.driver.HostRef;

/**
 * "Bring this VM to another host, through a checkpoint."
 *
 * @param save where it is and how its memory is to be written
 * @param target where it is to go on
 */
public record MigrateRequest(SuspendRequest save, HostRef target) {
    public static MigrateRequest of(String vm, HostRef target) {
        return new MigrateRequest(SuspendRequest.of(vm), target);
    }
}
