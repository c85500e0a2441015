package io.berth.core.operation;

import io.berth.core.journal.OperationEntry;
import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Finds what hosts still have that were away when it was to be removed: attachments of checkpoints, links, definitions
 * of guests that live elsewhere. Looks where a checkpoint's record or an earlier operation points to. What a host
 * that doesn't answer has is left for the next time.
 */
final class HostLeftovers {
    private static final int OPERATIONS = 1000;

    private final Wiring wiring;
    private final CheckpointFinder checkpoints;
    private final GuestFinder guests;

    HostLeftovers(Wiring wiring) {
        this.wiring = wiring;
        this.checkpoints = new CheckpointFinder(wiring.drivers(), wiring.fanout());
        this.guests = new GuestFinder(wiring.drivers(), wiring.fanout());
    }

    /** Where something may be left. */
    private record Place(VmRef vm, HostRef host, VolumeRef volume) {}

    /** Something that may be left there, how to see whether it is, and how to remove it. */
    private record Finding(Leftover.Verdict verdict, String what, BooleanSupplier isSo, Consumer<Call> removal) {}

    void collect(boolean delete, Sweeping sweeping) {
        for (var place : places(sweeping)) {
            if (!isBusy(place.vm())) {
                collect(place, delete, sweeping);
            }
        }
    }

    private Set<Place> places(Sweeping sweeping) {
        var places = new LinkedHashSet<Place>();
        wiring.drivers()
                .checkpointDatastores()
                .values()
                .forEach(storage -> sweeping.ask(() -> places(storage)).ifPresent(places::addAll));
        wiring.journal().history(Optional.empty(), OPERATIONS).forEach(entry -> addPlaces(entry, places));
        places.removeIf(place -> !wiring.drivers().hosts().contains(place.host()));
        return places;
    }

    private static Set<Place> places(StorageDriver storage) {
        var places = new LinkedHashSet<Place>();
        for (var entry : storage.ledger().list()) {
            if (entry.state() != CheckpointState.COMPLETE || entry.record().isEmpty()) {
                continue;
            }
            var record = entry.record().get();
            places.add(new Place(record.vm(), record.source(), entry.volume()));
            storage.attachments().hosts(entry.volume()).stream()
                    .sorted()
                    .forEach(host -> places.add(new Place(record.vm(), host, entry.volume())));
        }
        return places;
    }

    private static void addPlaces(OperationEntry entry, Set<Place> places) {
        Plan plan;
        try {
            plan = PlanCodec.read(entry.plan());
        } catch (Failure _) {
            return; // of another version: not this one's business
        }
        for (var step : plan.all().toList()) {
            if (step instanceof Step.AttachVolume attach) {
                plan.hosts().forEach(host -> places.add(new Place(plan.vm(), host, attach.volume())));
            }
        }
    }

    private void collect(Place place, boolean delete, Sweeping sweeping) {
        try {
            collectLink(place, delete, sweeping);
            collectAttachment(place, delete, sweeping);
            collectDefinition(place, delete, sweeping);
        } catch (Failure failure) {
            if (failure.is("host.unreachable")) {
                sweeping.addSilent(failure);
            } else {
                sweeping.add(leftover(place, Leftover.Verdict.UNREADABLE, false, failure.getMessage()));
            }
        }
    }

    private void collectLink(Place place, boolean delete, Sweeping sweeping) {
        var path = wiring.settings().linkFolder() + "/" + place.vm().uuid() + "/checkpoint";
        settle(
                place,
                new Finding(
                        Leftover.Verdict.STALE_LINK,
                        "the link " + path + " on " + place.host(),
                        () -> wiring.drivers().links().read(place.host(), path).isPresent(),
                        call -> wiring.drivers().links().remove(call, place.host(), path)),
                delete,
                sweeping);
    }

    private void collectAttachment(Place place, boolean delete, Sweeping sweeping) {
        var storage = wiring.drivers().storage(place.volume().datastore());
        settle(
                place,
                new Finding(
                        Leftover.Verdict.STALE_ATTACHMENT,
                        "attached to " + place.host(),
                        () -> storage.ledger()
                                        .find(place.volume())
                                        .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                                        .isPresent()
                                && storage.attachments()
                                        .device(place.volume(), place.host())
                                        .isPresent(),
                        call -> storage.attachments().detach(call, place.volume(), place.host())),
                delete,
                sweeping);
    }

    /** Only where the definition is kept elsewhere too: beside the living guest, or in its checkpoint's record. */
    private void collectDefinition(Place place, boolean delete, Sweeping sweeping) {
        var hypervisor = wiring.drivers().hypervisor(place.host());
        settle(
                place,
                new Finding(
                        Leftover.Verdict.STALE_DEFINITION,
                        "defined on " + place.host(),
                        () -> hypervisor
                                        .find(place.host(), place.vm().uuid())
                                        .filter(view -> view.state() == GuestState.SHUT_OFF)
                                        .isPresent()
                                && isKeptElsewhere(place),
                        call -> hypervisor.undefine(call, place.host(), place.vm())),
                delete,
                sweeping);
    }

    private boolean isKeptElsewhere(Place place) {
        var uuid = place.vm().uuid();
        return guests.of(uuid, wiring.drivers().hosts()).views().stream()
                        .anyMatch(view -> !view.host().equals(place.host())
                                && view.state().isAlive()
                                && view.persistent())
                || checkpoints.unused(uuid).stream()
                        .flatMap(entry -> entry.record().stream())
                        .anyMatch(record -> record.persistentDefinition().isPresent());
    }

    /** Looks again under the lease: somebody may have brought the VM back there between the first look and now. */
    private void settle(Place place, Finding finding, boolean delete, Sweeping sweeping) {
        if (!finding.isSo().getAsBoolean()) {
            return;
        }
        if (!delete) {
            sweeping.add(
                    leftover(place, finding.verdict(), false, finding.what() + "; 'berth gc --delete' removes that"));
            return;
        }
        var seen = wiring.drivers().guard().read(place.host(), place.vm().uuid());
        var lease = wiring.journal()
                .acquire(place.vm(), wiring.owner(), wiring.ids().get(), seen.epoch() + 1);
        try {
            if (!isBusy(place.vm()) && finding.isSo().getAsBoolean()) {
                finding.removal().accept(Call.of(lease.token()));
                sweeping.add(leftover(place, finding.verdict(), true, finding.what() + "; removed"));
            }
        } finally {
            wiring.journal().release(lease);
        }
    }

    private boolean isBusy(VmRef vm) {
        return !wiring.journal().open(vm.uuid()).isEmpty();
    }

    private static Leftover leftover(Place place, Leftover.Verdict verdict, boolean deleted, String remark) {
        return new Leftover(place.volume(), verdict, Optional.of(place.vm()), DataSize.ZERO, deleted, remark);
    }
}
