package io.berth.driver.hypervisor;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The guests of a hypervisor on any of its hosts. Every mutating call is idempotent: the state it asks for may be
 * there already, made by a call whose answer was lost. Implementations are thread-safe and keep no state of guests.
 *
 * <p>Calls without a {@link Call} only look.
 */
public interface HypervisorDriver {
    /** The driver's name in the configuration: {@code libvirt}, ... */
    String type();

    /** The host's programs with their versions, for people: {@code libvirt 9.0.0, QEMU 7.2.19}. */
    default String versions(HostRef host) {
        return type();
    }

    HypervisorCapabilities capabilities(HostRef host);

    HostMemory memory(HostRef host);

    /** Every guest the host knows or runs, orphaned processes included. */
    List<GuestView> list(HostRef host);

    /**
     * The guest on that host; empty when the host neither defines nor runs it. Looks for processes too, so that empty
     * means absent.
     */
    Optional<GuestView> find(HostRef host, UUID vm);

    /** @throws Failure {@code vm.absent} */
    GuestDescription describe(HostRef host, VmRef vm);

    MemoryEstimate estimate(HostRef host, VmRef vm);

    /** Stops the guest, memory intact. */
    void pause(Call call, HostRef host, VmRef vm);

    /** Lets a paused guest run. */
    void resume(Call call, HostRef host, VmRef vm);

    /**
     * Writes the guest's memory and waits for the end of it. Afterwards the guest is paused on the host, or, with
     * {@link MemoryWriter#FAST}, gone. Nothing is promised of durability: the engine flushes.
     *
     * @throws Failure {@code device.full} (STORAGE), {@code vm.ran} (CONFLICT: somebody resumed it meanwhile), {@code
     *     operation.cancelled}; the guest is alive then, paused or running, and {@link #cancelSave} tidies up
     */
    SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request);

    /**
     * Ends any writing of the guest's memory that is under way, whoever began it, and waits until none is. The guest
     * stays as it is, paused or running.
     */
    void cancelSave(Call call, HostRef host, VmRef vm);

    /**
     * Reads the head of a device, past the host's page cache: what the engine reads back after a flush must come from
     * the storage, or it proves nothing.
     */
    ImageHeader inspect(HostRef host, DevicePath device);

    /**
     * Who is in an image with that definition, and what a host must offer for it. Empty where definitions tell their
     * hypervisor alone.
     *
     * @param host where it was saved: what a definition leaves to its host is that one's
     * @throws Failure when the definition makes no sense
     */
    default Optional<SavedGuest> identify(HostRef host, String definition) {
        return Optional.empty();
    }

    /**
     * Finds the end of a finished image whose length nobody wrote down, because the process that saved it died.
     * Exact, or an upper bound within the device.
     *
     * @throws Failure {@code image.partial}, {@code image.unsupported} (STORAGE)
     */
    DataSize imageLength(HostRef host, DevicePath device);

    /**
     * Whether the guest could go on there: architecture, machine type, CPU, emulator version. Empty when it can. {@code
     * vm.incoherent-disk} (the host it was saved on may have cached disk writes) counts only on another host.
     */
    List<Failure> obstacles(HostRef host, GuestProfile profile, String definition);

    /**
     * The disks in a definition that are files or devices of the host, read-only ones too. Drives without a medium and
     * disks that the emulator fetches from the network by itself aren't among them. Asks nobody.
     */
    List<DiskSource> disks(String definition);

    /**
     * All files and devices of the host that a definition's disks are made of: {@link #disks}, and the images that those
     * are based on, as far as the definition names them. Asks nobody.
     */
    default List<String> diskFiles(String definition) {
        return disks(definition).stream().map(DiskSource::path).toList();
    }

    /** Applies the ordered transformations and tells what each did. The last one's {@code after} is the result. */
    List<DefinitionChange> transform(HostRef host, String definition, Phase phase);

    /**
     * Makes a paused guest of the image. An error here proves nothing: look with {@link #find}.
     *
     * @throws Failure {@code image.foreign}, {@code image.partial}, {@code image.unsupported} (STORAGE), {@code
     *     vm.exists} (CONFLICT)
     */
    void restorePaused(Call call, HostRef host, RestoreRequest request);

    /**
     * Why the guest couldn't be brought from one host to the other as it is: the way between them, disks that the other
     * host doesn't have, room for its memory. What {@link #obstacles} tells isn't repeated. Empty when it can.
     *
     * @param brought disks, by their names inside the guest, that the other host needn't have yet, copied ones among them
     */
    List<Failure> migrationObstacles(HostRef from, VmRef vm, MigrationRequest request, Set<String> brought);

    /**
     * Brings the guest's memory to another host, while it runs if it does, and waits for the end of it. Afterwards the
     * guest is gone from its host and stands on the other one, paused whatever it was, without a definition: a guest
     * that the hypervisors hand over between themselves may run on both when the network fails in that very moment, so
     * who lets it run is the engine. An error here proves nothing: {@link #awaitMigration}, then look at both hosts.
     *
     * <p>Disks that are copied are there as the guest left them when it arrives; nothing is promised of durability.
     *
     * @throws Failure {@code vm.exists} (CONFLICT: a copy is there already), {@code migrate.disk-not-shared}, {@code
     *     migrate.too-busy} (the guest writes its memory faster than it is moved), {@code migrate.stalled}, {@code
     *     operation.cancelled}
     */
    void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request);

    /**
     * Waits until no migration of the guest away from that host is under way, whoever began it; one that makes no
     * progress, or isn't wanted any more, is ended. The guest need not be there.
     *
     * @throws Failure {@code migrate.under-way} (UNKNOWN_OUTCOME) when the call's deadline comes first
     */
    void awaitMigration(Call call, HostRef from, VmRef vm);

    /**
     * Ends any migration of the guest away from that host, whoever began it, and waits until none is under way. The
     * guest is there as it was, or it is gone: then the migration had come to its end first.
     */
    void cancelMigration(Call call, HostRef from, VmRef vm);

    /**
     * Removes what a migration of the call's operation that wasn't brought to its end has left besides guests, as that
     * host, its source or its target, sees it. Nothing there is fine. To be called when none is under way.
     */
    void clearMigration(Call call, HostRef at, MigrationRequest request);

    /**
     * Whether the guest that is alive there is the one that {@link #restorePaused} made for that operation, or {@link
     * #migrate} brought there. A paused guest of the same name and UUID may as well be one that somebody has just started:
     * it knows nothing of the memory, and isn't Berth's to end. Nobody there is no; so is an orphan, which can't be asked.
     */
    boolean isMadeBy(HostRef host, VmRef vm, OperationId operation);

    /** How a guest that isn't on that host left it. */
    Departure departure(HostRef from, VmRef vm);

    /** Ends the guest at once. Not there is fine; an orphaned process is ended too. */
    void destroy(Call call, HostRef host, VmRef vm);

    /**
     * Makes the host forget the definition, so that nothing there starts the guest again. A guest that is alive stays as
     * it is, transient from now on. Not there is fine.
     */
    void undefine(Call call, HostRef host, VmRef vm);

    /**
     * Makes the host keep the definition without starting the guest. A guest that is alive stays as it is, persistent
     * from now on. Whether the host starts it by itself is part of a definition that {@link #describe} gave.
     */
    void define(Call call, HostRef host, VmRef vm, String definition);
}
