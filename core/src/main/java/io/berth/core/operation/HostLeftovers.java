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
import io.berth.driver.storage.VolumeRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds what hosts still have that were away when it was to be removed: attachments of checkpoints, links, definitions
 * of guests that live elsewhere. Looks where a checkpoint's record or an earlier operation points to. A host that
 * doesn't answer is left for the next time.
 */
final class HostLeftovers {
    private static final int OPERATIONS = 1000;

    private final Wiring wiring;
    private final CheckpointFinder checkpoints;
    private final GuestFinder guests;

    HostLeftovers(Wiring wiring) {
        this.wiring = wiring;
        this.checkpoints = new CheckpointFinder(wiring.drivers());
        this.guests = new GuestFinder(wiring.drivers(), wiring.fanout());
    }

    /** Where something may be left. */
    private record Place(VmRef vm, HostRef host, VolumeRef volume) {}

    List<Leftover> collect(boolean delete) {
        Set<VmRef> busy =
                wiring.journal().open().stream().map(OperationEntry::vm).collect(Collectors.toSet());
        var found = new ArrayList<Leftover>();
        for (var place : places()) {
            if (!busy.contains(place.vm())) {
                collect(place, delete, found);
            }
        }
        return List.copyOf(found);
    }

    private Set<Place> places() {
        var places = new LinkedHashSet<Place>();
        for (var entry : checkpoints.all()) {
            if (entry.state() != CheckpointState.COMPLETE || entry.record().isEmpty()) {
                continue;
            }
            var record = entry.record().get();
            places.add(new Place(record.vm(), record.source(), entry.volume()));
            wiring.drivers().storage(entry.volume().datastore()).attachments().hosts(entry.volume()).stream()
                    .sorted()
                    .forEach(host -> places.add(new Place(record.vm(), host, entry.volume())));
        }
        wiring.journal().history(Optional.empty(), OPERATIONS).forEach(entry -> addPlaces(entry, places));
        places.removeIf(place -> !wiring.drivers().hosts().contains(place.host()));
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

    private void collect(Place place, boolean delete, List<Leftover> found) {
        try {
            collectLink(place, delete, found);
            collectAttachment(place, delete, found);
            collectDefinition(place, delete, found);
        } catch (Failure failure) {
            if (!failure.is("host.unreachable")) {
                found.add(leftover(place, Leftover.Verdict.UNREADABLE, false, failure.getMessage()));
            }
        }
    }

    private void collectLink(Place place, boolean delete, List<Leftover> found) {
        var path = wiring.settings().linkFolder() + "/" + place.vm().uuid() + "/checkpoint";
        if (wiring.drivers().links().read(place.host(), path).isPresent()) {
            var what = "the link " + path + " on " + place.host();
            found.add(settle(
                    place,
                    Leftover.Verdict.STALE_LINK,
                    what,
                    delete,
                    call -> wiring.drivers().links().remove(call, place.host(), path)));
        }
    }

    private void collectAttachment(Place place, boolean delete, List<Leftover> found) {
        var storage = wiring.drivers().storage(place.volume().datastore());
        var isComplete = storage.ledger()
                .find(place.volume())
                .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                .isPresent();
        if (isComplete
                && storage.attachments().device(place.volume(), place.host()).isPresent()) {
            var what = "attached to " + place.host();
            found.add(settle(
                    place,
                    Leftover.Verdict.STALE_ATTACHMENT,
                    what,
                    delete,
                    call -> storage.attachments().detach(call, place.volume(), place.host())));
        }
    }

    /** Only where the definition is kept elsewhere too: beside the living guest, or in its checkpoint's record. */
    private void collectDefinition(Place place, boolean delete, List<Leftover> found) {
        var hypervisor = wiring.drivers().hypervisor(place.host());
        var uuid = place.vm().uuid();
        if (hypervisor
                        .find(place.host(), uuid)
                        .filter(view -> view.state() == GuestState.SHUT_OFF)
                        .isPresent()
                && isKeptElsewhere(place)) {
            var what = "defined on " + place.host();
            found.add(settle(
                    place,
                    Leftover.Verdict.STALE_DEFINITION,
                    what,
                    delete,
                    call -> hypervisor.undefine(call, place.host(), place.vm())));
        }
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

    private Leftover settle(
            Place place, Leftover.Verdict verdict, String what, boolean delete, Consumer<Call> removal) {
        if (!delete) {
            return leftover(place, verdict, false, what + "; 'berth gc --delete' removes that");
        }
        var seen = wiring.drivers().guard().read(place.host(), place.vm().uuid());
        var lease = wiring.journal()
                .acquire(place.vm(), wiring.owner(), wiring.ids().get(), seen.epoch() + 1);
        try {
            removal.accept(Call.of(lease.token()));
        } finally {
            wiring.journal().release(lease);
        }
        return leftover(place, verdict, true, what + "; removed");
    }

    private static Leftover leftover(Place place, Leftover.Verdict verdict, boolean deleted, String remark) {
        return new Leftover(place.volume(), verdict, Optional.of(place.vm()), DataSize.ZERO, deleted, remark);
    }
}
