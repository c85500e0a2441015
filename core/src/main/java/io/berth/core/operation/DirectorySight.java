package io.berth.core.operation;

import io.berth.core.journal.OperationEntry;
import io.berth.core.run.Outputs;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.DirectoryCopies;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VmDirectory;
import java.util.Optional;

/** What there is of a VM directory and of the VM now, after an operation. Each question looks. */
final class DirectorySight {
    private final Wiring wiring;
    private final OperationEntry entry;
    private final VmDirectory directory;

    DirectorySight(Wiring wiring, OperationEntry entry, VmDirectory directory) {
        this.wiring = wiring;
        this.entry = entry;
        this.directory = directory;
    }

    OperationEntry entry() {
        return entry;
    }

    VmDirectory directory() {
        return directory;
    }

    DirectoryCopies copies() {
        return directories().copies();
    }

    DirectoryAsides asides() {
        return directories().asides();
    }

    private VmDirectories directories() {
        return wiring.drivers()
                .storage(directory.datastore())
                .directories()
                .orElseThrow(() -> new IllegalStateException(directory + " is in no datastore of directories"));
    }

    /** How far the operation's copy is. */
    DirectoryCopies.State copy(HostRef to) {
        return copies().state(entry.id(), directory, to);
    }

    /** Noted as the operation's copy, with or without the directory: that may be gone since. */
    boolean isNoted(HostRef to) {
        return copy(to) == DirectoryCopies.State.PLACED;
    }

    DirectoryAsides.State aside(HostRef host) {
        return asides().state(entry.id(), directory, host);
    }

    boolean isInPlace(HostRef host) {
        return aside(host) == DirectoryAsides.State.IN_PLACE;
    }

    boolean areTwo(HostRef one, HostRef other) {
        return !one.equals(other) && isInPlace(one) && isInPlace(other);
    }

    /**
     * Whether the VM's life goes on from that host's, so that another one is old. A definition alone doesn't tell: it stays
     * while the guest is started elsewhere by hand, and ended again.
     */
    boolean goesOnAt(HostRef host) {
        return (find(host).filter(view -> view.state().isAlive()).isPresent() || isSavedAt(host)) && !hasLostMemory();
    }

    /** Whether the VM may be at home there, by now or again: then nothing there is touched. */
    boolean isKnown(HostRef host) {
        return find(host).isPresent() || isSavedAt(host);
    }

    private Optional<GuestView> find(HostRef host) {
        return wiring.drivers().hypervisor(host).find(host, entry.vm().uuid());
    }

    private boolean isSavedAt(HostRef host) {
        var home = new DirectoryHome(wiring.journal());
        return new CheckpointFinder(wiring.drivers(), wiring.fanout())
                .unused(entry.vm().uuid()).stream()
                        .flatMap(checkpoint -> checkpoint.record().stream())
                        .anyMatch(record -> home.of(record).equals(host));
    }

    /** Then nothing tells where the guest has run last. */
    boolean hasLostMemory() {
        return wiring.journal().events(entry.id()).stream()
                .anyMatch(event -> new Outputs(event.outputs()).tellMemoryLost());
    }
}
