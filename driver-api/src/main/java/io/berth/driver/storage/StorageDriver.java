package io.berth.driver.storage;

import io.berth.driver.HostRef;
import java.util.Optional;

/**
 * One datastore. A driver speaks of volumes, never of guests, memory or OpenNebula's actions.
 *
 * <p>The life of a checkpoint volume, as the engine lives it:
 *
 * <pre>
 *   ledger.advance(V, 1, ALLOCATED)      the name is taken, the volume owned
 *   volumes.create(V, size)
 *   attachments.attach(V, source)        a device on the host that runs the guest
 *   ledger.advance(V, 1, WRITING)
 *     ... the hypervisor writes ...
 *   ledger.advance(V, 1, COMPLETE)       from here the checkpoint is the VM
 *   attachments.detach(V, source)
 *     ... days later, on another host ...
 *   attachments.attach(V, target)
 *     ... the guest is restored, paused ...
 *   ledger.advance(V, 1, CONSUMED)       from here the guest is the VM
 *   attachments.detach(V, target)
 *   volumes.delete(V)
 * </pre>
 *
 * <p>Every mutating call is idempotent, and may have been made by a process that died before it heard the answer.
 * Implementations are thread-safe and keep no state of their own: what is true is on the storage.
 */
public interface StorageDriver {
    /** The driver's name in the configuration: {@code loop}, {@code ceph}, ... */
    String type();

    StorageCapabilities capabilities();

    /** Whether volumes can be attached to that host, as far as the configuration tells. Asks nobody. */
    boolean serves(HostRef host);

    Volumes volumes();

    Attachments attachments();

    CheckpointLedger ledger();

    /**
     * Whether checkpoints can be put here: for that all its hosts have to see the same volumes and the same ledger. Where
     * they don't nobody asks for either.
     */
    default boolean keepsCheckpoints() {
        return true;
    }

    /** The VMs' directories, on a datastore that has any: one of files, not one of volumes alone. */
    default Optional<VmDirectories> directories() {
        return Optional.empty();
    }
}
