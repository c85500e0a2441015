package io.berth.core.journal;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The durable record: leases, operations, and what each step was about to do and did. When a method returns, what it
 * wrote survives a crash of the machine. Several processes use one journal at once; implementations are thread-safe.
 *
 * <p>Every write of an operation checks the lease's epoch in the same transaction.
 *
 * <p>All methods throw {@link io.berth.driver.Failure}: {@code journal.lease-lost} (CONFLICT: somebody took the VM
 * over; nothing was written), {@code journal.full}, {@code journal.read-only}, {@code journal.corrupt}, {@code
 * journal.busy} (ENVIRONMENT).
 */
public interface Journal extends AutoCloseable {
    /**
     * Takes the VM's lease for a new operation, or to go on with one, with an epoch above every earlier one and at least
     * {@code atLeast}. A lease whose owner is dead (same machine, process gone) or has been silent for its time to live
     * (30 s) is taken over.
     *
     * @throws io.berth.driver.Failure {@code vm.busy} (CONFLICT) when a live owner holds it
     */
    Lease acquire(VmRef vm, Owner owner, OperationId operation, long atLeast);

    /** Tells that the owner lives. To be called every 10 s. */
    void renew(Lease lease);

    /** Gives the lease back. Lost meanwhile is fine. */
    void release(Lease lease);

    /** Writes the operation as ACTIVE before its first step. */
    void begin(Lease lease, String kind, String plan);

    /** Writes what is about to happen and what has happened, in this order, as one transaction. */
    void record(Lease lease, List<StepEvent> events);

    /** Writes the last events and the state the operation ends or rests in, and releases the lease, all at once. */
    void finish(Lease lease, List<StepEvent> events, OperationState state, String message);

    Optional<OperationEntry> operation(OperationId id);

    /** Operations recovery has something to do with, oldest first. */
    List<OperationEntry> open();

    /** Those of one VM, whatever it is called by now, oldest first. */
    List<OperationEntry> open(UUID vm);

    /** The newest operations first, at most {@code limit}; of one VM if given. */
    List<OperationEntry> history(Optional<UUID> vm, int limit);

    /** All that was written of the operation's steps, oldest first. */
    List<StepEvent> events(OperationId id);

    /** Who works on the VM, if anyone is known to. */
    Optional<Lease> lease(UUID vm);

    List<HostEntry> hosts();

    /** Adds a host or replaces what is known of it. */
    void putHost(HostEntry host);

    void removeHost(HostRef host);

    /**
     * Looks through all of it and tries a durable write that leaves nothing; as the other methods, it fails with what is
     * wrong. May take a second for each 100 MiB.
     */
    Condition examine();

    @Override
    void close();

    /**
     * How a journal is.
     *
     * @param free what can still be written where it lies
     */
    record Condition(DataSize size, DataSize free) {}

    /**
     * A host as it was added.
     *
     * @param address what ssh is to connect to ({@code user@name}, an alias of the ssh configuration), or {@code
     *     local}
     * @param hypervisor the driver's type
     */
    record HostEntry(HostRef host, String address, String hypervisor) {}
}
