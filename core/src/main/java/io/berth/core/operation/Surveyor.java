package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.VmRef;
import io.berth.driver.host.Questions;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the facts plans are made from. Only looks. */
final class Surveyor {
    private final Wiring wiring;
    private final GuestFinder guests;
    private final CheckpointFinder checkpoints;
    private final TargetSurveyor targets;
    private final DiskSurveyor disks;
    private final LiveWay liveWay;
    private final PlaceByDisks placeByDisks;

    Surveyor(Wiring wiring) {
        this.wiring = wiring;
        this.guests = new GuestFinder(wiring.drivers(), wiring.fanout());
        this.checkpoints = new CheckpointFinder(wiring.drivers(), wiring.fanout());
        this.targets = new TargetSurveyor(wiring);
        this.disks = new DiskSurveyor(wiring);
        this.liveWay = new LiveWay(wiring);
        this.placeByDisks = new PlaceByDisks(wiring);
    }

    SuspendSurvey suspend(SuspendRequest request, HostRef host, FencingToken token) {
        try (var questions = wiring.fanout().begin()) {
            return suspend(request, host, token, questions);
        }
    }

    /** The guest tells which datastore is asked for its room: all else is asked meanwhile. */
    private SuspendSurvey suspend(SuspendRequest request, HostRef host, FencingToken token, Questions questions) {
        var drivers = wiring.drivers();
        var hypervisor = drivers.hypervisor(host);
        var elsewhere = new TreeSet<>(drivers.hosts());
        elsewhere.remove(host);
        var described = questions.ask(() -> hypervisor.describe(host, token.vm()));
        var sighting = questions.ask(() -> guests.of(token.vm().uuid(), elsewhere));
        var unused = questions.ask(() -> checkpoints.unused(token.vm().uuid()));
        var estimate = questions.ask(() -> hypervisor.estimate(host, token.vm()));
        var guest = described.get();
        var place = request.datastore().isPresent()
                ? Optional.<PlaceByDisks.Found>empty()
                : placeByDisks.of(host, guest.definition());
        var datastore = wiring.settings()
                .datastore(
                        request.datastore().or(() -> place.flatMap(found -> found.on(MemoryPlace.BESIDE_DISKS))),
                        new TreeSet<>(drivers.checkpointDatastores().keySet()));
        var storage = drivers.storage(datastore);
        if (!storage.keepsCheckpoints()) {
            throw keepsNone(datastore);
        }
        return new SuspendSurvey(
                token,
                guest,
                sighting.get().views().stream()
                        .filter(view -> view.state().isAlive())
                        .toList(),
                unused.get(),
                estimate.get(),
                hypervisor.type(),
                hypervisor.capabilities(host),
                datastore,
                storage.capabilities(),
                storage.volumes().capacity(),
                request.writer().map(List::of).orElseGet(() -> wiring.settings().writersOn(datastore)),
                place.flatMap(found -> found.on(MemoryPlace.THROUGH_A_FILE)).map(through -> staging(through, host)),
                request.volumeSize(),
                request.checksum(),
                wiring.settings().linkFolder(),
                wiring.clock().instant());
    }

    private Staging staging(String datastore, HostRef host) {
        var directories = wiring.drivers().storage(datastore).directories().orElseThrow();
        return new Staging(datastore, host, directories.capacity(host));
    }

    StopSurvey stop(SuspendRequest request, HostRef host, FencingToken token) {
        var saving = suspend(request, host, token);
        var storage = wiring.drivers().storage(saving.datastore());
        return new StopSurvey(
                saving,
                wiring.drivers().hosts().stream()
                        .filter(other -> !other.equals(host) && storage.serves(other))
                        .collect(Collectors.toSet()));
    }

    MigrateSurvey migrate(MigrateRequest request, HostRef source, FencingToken token) {
        var target = request.target();
        var saving = suspend(request.save(), source, token);
        var guest = saving.guest();
        var there = guests.of(token.vm().uuid(), List.of(target));
        TargetSurveyor.requireAnswer(target, there);
        var obstacles = new ArrayList<Failure>();
        targets.outOfReach(saving.datastore(), target).ifPresent(obstacles::add);
        obstacles.addAll(wiring.drivers().hypervisor(target).obstacles(target, guest.profile(), guest.definition()));
        var definition = targets.restorable(target, guest.definition());
        var found =
                disks.look(new DiskSurveyor.Passage(token.vm(), source, target, guest.definition(), definition, true));
        obstacles.addAll(found.obstacles());
        return new MigrateSurvey(
                saving,
                target,
                !there.views().isEmpty(),
                obstacles,
                found.moves(),
                definition,
                targets.restorable(source, guest.definition()));
    }

    LiveMigrateSurvey migrateLive(MigrateRequest request, HostRef source, FencingToken token) {
        var drivers = wiring.drivers();
        var target = request.target();
        var hypervisor = drivers.hypervisor(source);
        var sighting = guests.of(token.vm().uuid(), drivers.hosts());
        TargetSurveyor.requireAnswer(target, sighting);
        var guest = hypervisor.describe(source, token.vm());
        var found = target.equals(source) || !guest.view().state().isAlive()
                ? new LiveWay.Findings(guest.definition(), List.of(), List.of())
                : liveWay.look(guest, target);
        return new LiveMigrateSurvey(
                token,
                guest,
                sighting.views().stream()
                        .filter(view ->
                                !view.host().equals(source) && view.state().isAlive())
                        .toList(),
                checkpoints.unused(token.vm().uuid()),
                hypervisor.capabilities(source),
                target,
                sighting.views().stream().anyMatch(view -> view.host().equals(target) && view.persistent()),
                found.obstacles(),
                found.moves(),
                found.definition());
    }

    TerminateSurvey terminate(TerminateRequest request, FencingToken token) {
        var drivers = wiring.drivers();
        var sighting = guests.of(token.vm().uuid(), drivers.hosts());
        var found = checkpoints.of(token.vm().uuid());
        var homes = new HomeSurveyor(wiring, token.vm(), request)
                .look(sighting, found.stream().filter(Surveyor::isUnused).toList());
        return new TerminateSurvey(
                token,
                sighting.views(),
                sighting.silent(),
                request.deadHosts(),
                found.stream()
                        .map(entry -> new TerminateSurvey.Attached(
                                entry,
                                drivers.storage(entry.volume().datastore())
                                        .attachments()
                                        .hosts(entry.volume())))
                        .toList(),
                homes.homes(),
                request.deletesDirectories(),
                homes.obstacles(),
                wiring.settings().linkFolder());
    }

    private static boolean isUnused(Entry entry) {
        return entry.state() == CheckpointState.COMPLETE;
    }

    RehearsalSurvey rehearse(RehearseRequest request, FencingToken token) {
        return new RehearsalSurvey(
                token,
                request.datastore(),
                request.writer(),
                request.reader(),
                Stream.of(request.writer(), request.reader())
                        .flatMap(host -> targets.outOfReach(request.datastore(), host).stream())
                        .toList(),
                wiring.drivers().storage(request.datastore()).volumes().capacity(),
                wiring.clock().instant());
    }

    AdoptSurvey adopt(AdoptRequest request, FencingToken token) {
        var drivers = wiring.drivers();
        var volume = request.volume();
        var storage = drivers.storage(volume.datastore());
        var at = request.host();
        targets.outOfReach(volume.datastore(), at).ifPresent(obstacle -> {
            throw obstacle;
        });
        var sighting = guests.of(request.vm().uuid(), drivers.hosts());
        TargetSurveyor.requireAnswer(at, sighting);
        return new AdoptSurvey(
                token,
                volume,
                storage.volumes().find(volume),
                storage.ledger().find(volume),
                at,
                sighting.views(),
                sighting.silent().stream()
                        .filter(host -> !request.deadHosts().contains(host))
                        .collect(Collectors.toSet()),
                checkpoints.unused(request.vm().uuid()));
    }

    /** The VM of that name or UUID, whether a host or a checkpoint knows it. */
    VmRef resolveAnywhere(String nameOrUuid) {
        try {
            return guests.resolve(nameOrUuid, wiring.drivers().hosts()).vm();
        } catch (Failure unknown) {
            if (!unknown.is("vm.unknown")) {
                throw unknown;
            }
            return checkpoints.unused(nameOrUuid).stream()
                    .findFirst()
                    .map(CheckpointFinder::vmOf)
                    .orElseThrow(() -> unknown);
        }
    }

    CheckpointSurvey checkpoint(Entry found, FencingToken token, HostRef at, boolean whole, boolean givesUpMemory) {
        var storage = wiring.drivers().storage(found.volume().datastore());
        var entry = storage.ledger().find(found.volume()).orElseThrow(() -> gone(found));
        return new CheckpointSurvey(
                token, entry, token.vm(), at, storage.attachments().hosts(found.volume()), whole, givesUpMemory);
    }

    private static Failure keepsNone(String datastore) {
        return Failure.of(FailureKind.CALLER, "datastore.not-shared", "no checkpoint can be put on " + datastore)
                .why("its hosts don't see the same folder there, or it isn't known that they do")
                .next("name another datastore with --datastore; or, if they share it, set 'shared: yes' for it")
                .build();
    }

    static Failure gone(Entry entry) {
        return Failure.of(FailureKind.CONFLICT, "checkpoint.gone", "the checkpoint " + entry.volume() + " is gone")
                .why("somebody used or deleted it a moment ago")
                .next("see 'berth vm list' and 'berth checkpoint list'")
                .build();
    }

    GuestView resolveGuest(SuspendRequest request) {
        var hosts = request.host().<Collection<HostRef>>map(List::of).orElseGet(wiring.drivers()::hosts);
        try {
            return guests.resolve(request.vm(), hosts);
        } catch (Failure failure) {
            throw failure.is("vm.unknown") ? suspendedAlready(request.vm()).orElse(failure) : failure;
        }
    }

    /** No host knows a suspended VM: to call it unknown would frighten its owner. */
    private Optional<Failure> suspendedAlready(String nameOrUuid) {
        return checkpoints.unused(nameOrUuid).stream()
                .findFirst()
                .map(entry -> Failure.of(
                                FailureKind.CONFLICT,
                                "vm.suspended",
                                "'" + Printable.line(nameOrUuid) + "' is suspended already")
                        .why("its memory is in " + entry.volume())
                        .next("'berth vm resume' brings it back")
                        .build());
    }
}
