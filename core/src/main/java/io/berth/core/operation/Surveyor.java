package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Collects the facts plans are made from. Only looks. */
final class Surveyor {
    private final Wiring wiring;
    private final GuestFinder guests;
    private final CheckpointFinder checkpoints;

    Surveyor(Wiring wiring) {
        this.wiring = wiring;
        this.guests = new GuestFinder(wiring.drivers(), wiring.fanout());
        this.checkpoints = new CheckpointFinder(wiring.drivers());
    }

    SuspendSurvey suspend(SuspendRequest request, HostRef host, FencingToken token) {
        var drivers = wiring.drivers();
        var hypervisor = drivers.hypervisor(host);
        var datastore = datastore(request);
        var storage = drivers.storage(datastore);
        var elsewhere = new TreeSet<>(drivers.hosts());
        elsewhere.remove(host);
        return new SuspendSurvey(
                token,
                hypervisor.describe(host, token.vm()),
                guests.of(token.vm().uuid(), elsewhere).views().stream()
                        .filter(view -> view.state().isAlive())
                        .toList(),
                checkpoints.unused(token.vm().uuid()),
                hypervisor.estimate(host, token.vm()),
                hypervisor.type(),
                hypervisor.capabilities(host),
                datastore,
                storage.capabilities(),
                storage.volumes().capacity(),
                request.writer().map(List::of).orElseGet(() -> wiring.settings().writersOn(datastore)),
                request.volumeSize(),
                request.checksum(),
                wiring.settings().linkFolder(),
                wiring.clock().instant());
    }

    ResumeSurvey resume(ResumeRequest request, Entry found, FencingToken token) {
        var drivers = wiring.drivers();
        // Read again under the lease: it may have been used between the look-up and now.
        var entry = drivers.storage(found.volume().datastore())
                .ledger()
                .find(found.volume())
                .orElseThrow(() -> gone(found));
        var record = readable(entry);
        var target = request.host().orElse(record.source());
        var sighting = guests.of(record.vm().uuid(), drivers.hosts());
        requireAnswer(target, sighting);
        var hypervisor = drivers.hypervisor(target);
        return new ResumeSurvey(
                token,
                entry,
                record,
                target,
                sighting.views(),
                sighting.silent(),
                request.deadHosts(),
                hypervisor.obstacles(target, record.profile(), record.definition()).stream()
                        .filter(obstacle -> !target.equals(record.source()) || !obstacle.is("vm.incoherent-disk"))
                        .toList(),
                restorable(target, record.definition()),
                wiring.settings().linkFolder());
    }

    private static void requireAnswer(HostRef target, GuestFinder.Sighting sighting) {
        if (sighting.silent().contains(target)) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.unreachable", "the target doesn't answer")
                    .host(target)
                    .next("make it answer, or name another one with --host")
                    .build();
        }
    }

    /** The definition as it is to be restored with on that host. */
    private String restorable(HostRef host, String definition) {
        return wiring.drivers().hypervisor(host).transform(host, definition, Phase.RESTORE).stream()
                .map(DefinitionChange::after)
                .reduce((first, last) -> last)
                .orElse(definition);
    }

    MigrateSurvey migrate(MigrateRequest request, HostRef source, FencingToken token) {
        var target = request.target();
        var saving = suspend(request.save(), source, token);
        var guest = saving.guest();
        var there = guests.of(token.vm().uuid(), List.of(target));
        requireAnswer(target, there);
        var obstacles = new ArrayList<Failure>();
        if (!wiring.drivers().storage(saving.datastore()).serves(target)) {
            obstacles.add(outOfReach(saving.datastore(), target));
        }
        obstacles.addAll(wiring.drivers().hypervisor(target).obstacles(target, guest.profile(), guest.definition()));
        return new MigrateSurvey(
                saving,
                target,
                !there.views().isEmpty(),
                obstacles,
                restorable(target, guest.definition()),
                restorable(source, guest.definition()));
    }

    LiveMigrateSurvey migrateLive(MigrateRequest request, HostRef source, FencingToken token) {
        var drivers = wiring.drivers();
        var target = request.target();
        var hypervisor = drivers.hypervisor(source);
        var sighting = guests.of(token.vm().uuid(), drivers.hosts());
        requireAnswer(target, sighting);
        var guest = hypervisor.describe(source, token.vm());
        var obstacles = new ArrayList<Failure>();
        if (!target.equals(source)) {
            var there = drivers.hypervisor(target);
            if (!there.type().equals(hypervisor.type())) {
                obstacles.add(otherHypervisor(target, hypervisor.type(), there.type()));
            } else if (guest.view().state().isAlive()) {
                obstacles.addAll(there.obstacles(target, guest.profile(), guest.definition()));
                obstacles.addAll(hypervisor.migrationObstacles(source, token.vm(), target));
            }
        }
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
                obstacles,
                restorable(target, guest.definition()));
    }

    private static Failure otherHypervisor(HostRef target, String here, String there) {
        return Failure.of(FailureKind.CALLER, "migrate.other-hypervisor", "the target has another hypervisor")
                .host(target)
                .why("the guest is " + here + "'s, the target's is " + there)
                .next("choose a host of the same kind")
                .build();
    }

    private static Failure outOfReach(String datastore, HostRef target) {
        return Failure.of(FailureKind.CALLER, "datastore.out-of-reach", "the target can't reach the checkpoint")
                .host(target)
                .why("datastore " + datastore + " isn't configured for it")
                .next("name a datastore that both hosts see with --datastore, or another host")
                .build();
    }

    TerminateSurvey terminate(TerminateRequest request, FencingToken token) {
        var drivers = wiring.drivers();
        var sighting = guests.of(token.vm().uuid(), drivers.hosts());
        return new TerminateSurvey(
                token,
                sighting.views(),
                sighting.silent(),
                request.deadHosts(),
                checkpoints.of(token.vm().uuid()).stream()
                        .map(entry -> new TerminateSurvey.Attached(
                                entry,
                                drivers.storage(entry.volume().datastore())
                                        .attachments()
                                        .hosts(entry.volume())))
                        .toList());
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

    private String datastore(SuspendRequest request) {
        var known = wiring.drivers().datastores();
        return request.datastore()
                .or(() -> wiring.settings().defaultDatastore())
                .or(() -> known.size() == 1 ? Optional.of(known.firstKey()) : Optional.empty())
                .orElseThrow(() -> Failure.of(FailureKind.CALLER, "datastore.unnamed", "which datastore?")
                        .why(known.isEmpty() ? "none is configured" : "there are " + known.keySet())
                        .next("name one with --datastore, or set 'default-datastore' in the configuration")
                        .build());
    }

    static CheckpointRecord readable(Entry entry) {
        return entry.record()
                .orElseThrow(() -> CheckpointPlanner.unreadable(entry.volume().name()));
    }

    private static Failure gone(Entry entry) {
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
