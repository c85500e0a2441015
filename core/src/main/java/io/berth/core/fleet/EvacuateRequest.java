package io.berth.core.fleet;

import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.Optional;
import java.util.Set;

/**
 * "Bring all VMs away from this host."
 *
 * @param targets where they may go; empty: any other host
 * @param mode best: live where that can be, else through a checkpoint
 * @param datastore for checkpoints on the way; empty: the default
 * @param writer how to write those; empty: the first of the datastore's that the host can
 */
public record EvacuateRequest(
        HostRef host,
        Set<HostRef> targets,
        MigrationMode mode,
        Optional<String> datastore,
        Optional<MemoryWriter> writer) {
    public EvacuateRequest {
        targets = Set.copyOf(targets);
    }

    public static EvacuateRequest of(HostRef host) {
        return new EvacuateRequest(host, Set.of(), MigrationMode.BEST, Optional.empty(), Optional.empty());
    }

    boolean mayGoTo(HostRef target) {
        return !target.equals(host) && (targets.isEmpty() || targets.contains(target));
    }

    /** Through the datastore that it was planned for, whatever place the VM's own disks call for. */
    MigrateRequest of(Move move, MigrationMode way) {
        return new MigrateRequest(
                new SuspendRequest(
                        move.vm().uuid().toString(),
                        Optional.of(host),
                        move.datastore(),
                        writer,
                        Optional.empty(),
                        false),
                move.target().orElseThrow(),
                way);
    }
}
