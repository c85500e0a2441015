package io.berth.driver.hypervisor;

import io.berth.driver.HostRef;
import java.util.Set;

/**
 * Where and as what a guest is to go on.
 *
 * @param to another host of the same kind
 * @param definition to go on with, already transformed for that host; the guest sees no difference
 * @param copied disks that the guest takes along, by their names inside it: at the same path the other host has a file of
 *     the same length, and what is in that means nothing
 */
public record MigrationRequest(HostRef to, String definition, Set<String> copied) {
    public MigrationRequest {
        copied = Set.copyOf(copied);
    }
}
