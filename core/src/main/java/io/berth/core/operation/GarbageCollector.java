package io.berth.core.operation;

import io.berth.core.Drivers;
import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationEntry;
import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds what nobody owns any more. Reports; deletes only when told to, only what is CONSUMED or was never finished, and
 * never a volume that carries a complete save header that isn't CONSUMED, whatever the journal says.
 */
final class GarbageCollector {
    private final Wiring wiring;
    private final Drivers drivers;

    GarbageCollector(Wiring wiring) {
        this.wiring = wiring;
        this.drivers = wiring.drivers();
    }

    Sweep collect(boolean delete) {
        var sweeping = new Sweeping();
        drivers.checkpointDatastores().values().forEach(storage -> collect(storage, delete, sweeping));
        new HostLeftovers(wiring).collect(delete, sweeping);
        new DirectoryLeftovers(wiring).collect(delete, sweeping);
        new StagingLeftovers(wiring).collect(delete, sweeping);
        return sweeping.ended();
    }

    private void collect(StorageDriver storage, boolean delete, Sweeping sweeping) {
        sweeping.ask(() -> storage.ledger().list()).ifPresent(entries -> collect(storage, entries, delete, sweeping));
    }

    private void collect(StorageDriver storage, List<Entry> entries, boolean delete, Sweeping sweeping) {
        // Read after the list: an operation is in the journal before its checkpoint has a name.
        var owned = owned();
        var described = new HashSet<VolumeRef>();
        for (var entry : entries) {
            described.add(entry.volume());
            if (isAbandoned(entry, owned)) {
                judge(storage, entry, delete).ifPresent(sweeping::add);
            }
        }
        sweeping.ask(() -> storage.volumes().list()).stream()
                .flatMap(List::stream)
                .filter(info -> !described.contains(info.volume()))
                .forEach(info -> sweeping.add(new Leftover(
                        info.volume(),
                        Leftover.Verdict.UNKNOWN,
                        Optional.empty(),
                        info.allocated(),
                        false,
                        "bears Berth's name, but nothing says what it is; look at it, then remove it by hand")));
    }

    /** Operations that somebody works on, or recovery has to. */
    private Set<OperationId> owned() {
        return wiring.journal().open().stream().map(OperationEntry::id).collect(Collectors.toSet());
    }

    private static boolean isAbandoned(Entry entry, Set<OperationId> owned) {
        return entry.state() != CheckpointState.COMPLETE
                && entry.transitions().stream().map(Transition::by).noneMatch(owned::contains);
    }

    /** Empty when it isn't abandoned after all. */
    private Optional<Leftover> judge(StorageDriver storage, Entry entry, boolean delete) {
        var volume = storage.volumes().find(entry.volume());
        var size = volume.map(info -> info.allocated()).orElse(DataSize.ZERO);
        // A name and nothing more: its process died before it could say for whom, or what it had sent came late, when
        // all
        // of it had been removed.
        var isBareName = volume.isEmpty();
        var vm = entry.record()
                .map(CheckpointRecord::vm)
                .or(() -> isBareName ? Optional.of(nobody(entry)) : Optional.empty());
        if (vm.isEmpty()) {
            return Optional.of(new Leftover(
                    entry.volume(), Leftover.Verdict.UNREADABLE, vm, size, false, "its record can't be read"));
        }
        try {
            var lease = wiring.journal()
                    .acquire(vm.get(), wiring.owner(), wiring.ids().get(), highestEpoch(vm.get()) + 1);
            try {
                // Looked at again under the lease: somebody may have gone on with it, or used it, until now.
                return storage.ledger()
                        .find(entry.volume())
                        .filter(now -> isAbandoned(now, owned()))
                        .filter(now ->
                                now.record().isPresent() == entry.record().isPresent())
                        .map(now -> judge(storage, now, vm.get(), size, delete, lease));
            } finally {
                wiring.journal().release(lease);
            }
        } catch (Failure failure) {
            return Optional.of(
                    new Leftover(entry.volume(), Leftover.Verdict.UNREADABLE, vm, size, false, failure.getMessage()));
        }
    }

    /** The hosts remember epochs that a lost journal has forgotten. */
    private long highestEpoch(VmRef vm) {
        return wiring.fanout().ask(drivers.hosts(), host -> epochAt(host, vm)).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private long epochAt(HostRef host, VmRef vm) {
        try {
            return drivers.guard().read(host, vm.uuid()).epoch();
        } catch (Failure silent) {
            return 0;
        }
    }

    /** Stands for the VM of a volume that belongs to none, so that its removal passes the guards like any other. */
    private static VmRef nobody(Entry entry) {
        var name = entry.volume().toString();
        return new VmRef(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), name);
    }

    private Leftover judge(StorageDriver storage, Entry entry, VmRef vm, DataSize size, boolean delete, Lease lease) {
        var consumed = entry.state() == CheckpointState.CONSUMED;
        if (!consumed && !isRehearsal(entry) && carriesImage(storage, entry, lease)) {
            return new Leftover(
                    entry.volume(),
                    Leftover.Verdict.HOLDS_AN_IMAGE,
                    Optional.of(vm),
                    size,
                    false,
                    "is " + entry.state() + ", but its head reads complete: run 'berth recover --rebuild'");
        }
        var verdict = consumed ? Leftover.Verdict.CONSUMED : Leftover.Verdict.ABANDONED;
        if (!delete) {
            return new Leftover(
                    entry.volume(), verdict, Optional.of(vm), size, false, "'berth gc --delete' removes it");
        }
        var call = Call.of(lease.token());
        if (!consumed) {
            storage.ledger().advance(call, entry.volume(), entry.generation(), CheckpointState.CONSUMED);
        }
        storage.attachments()
                .hosts(entry.volume())
                .forEach(host -> storage.attachments().detach(call, entry.volume(), host));
        storage.volumes().delete(call, entry.volume());
        return new Leftover(entry.volume(), verdict, Optional.of(vm), size, true, "removed");
    }

    /** No memory was ever written to it: what its blocks look like is an earlier tenant's. */
    private static boolean isRehearsal(Entry entry) {
        return entry.record()
                .filter(record -> record.purpose() == CheckpointPurpose.REHEARSE)
                .isPresent();
    }

    private boolean carriesImage(StorageDriver storage, Entry entry, Lease lease) {
        if (storage.volumes().find(entry.volume()).isEmpty()) {
            return false;
        }
        var call = Call.of(lease.token());
        var attached = storage.attachments().hosts(entry.volume()).stream().findFirst();
        HostRef host = attached.orElseGet(() -> drivers.hosts().first());
        var device = storage.attachments().attach(call, entry.volume(), host);
        try {
            return drivers.hypervisor(host).inspect(host, device).form() == ImageHeader.Form.COMPLETE;
        } finally {
            if (attached.isEmpty()) {
                storage.attachments().detach(call, entry.volume(), host);
            }
        }
    }
}
