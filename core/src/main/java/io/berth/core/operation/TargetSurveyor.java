package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects facts about hosts that a guest is to be restored on. Only looks. */
final class TargetSurveyor {
    private final Wiring wiring;
    private final GuestFinder guests;
    private final DiskSurveyor disks;

    TargetSurveyor(Wiring wiring) {
        this.wiring = wiring;
        this.disks = new DiskSurveyor(wiring);
        this.guests = new GuestFinder(wiring.drivers(), wiring.fanout());
    }

    /** A checkpoint as it is now, and where its guest was seen. */
    private record Seen(
            FencingToken token,
            Entry entry,
            CheckpointRecord record,
            GuestFinder.Sighting sighting,
            Set<HostRef> deadHosts) {}

    ResumeSurvey resume(ResumeRequest request, Entry found, FencingToken token) {
        var seen = look(found, token, request.deadHosts());
        var target = request.host().orElse(seen.record().source());
        requireAnswer(target, seen.sighting());
        return at(target, seen);
    }

    StartSurvey start(StartRequest request, Entry found, FencingToken token) {
        var seen = look(found, token, request.deadHosts());
        var silent = seen.sighting().silent();
        if (request.host().isPresent()) {
            var target = request.host().get();
            requireAnswer(target, seen.sighting());
            return new StartSurvey(List.of(new StartSurvey.Candidate(at(target, seen), Optional.empty())), Set.of());
        }
        var storage = wiring.drivers().storage(found.volume().datastore());
        var hosts = wiring.drivers().hosts().stream()
                .filter(host -> storage.serves(host)
                        && !silent.contains(host)
                        && !request.deadHosts().contains(host))
                .toList();
        var candidates = wiring.fanout().ask(hosts, host -> candidate(host, seen));
        return new StartSurvey(List.copyOf(candidates.values()), silent);
    }

    /** A host that can't be asked is one that the guest can't go on at: others may be. */
    private StartSurvey.Candidate candidate(HostRef host, Seen seen) {
        try {
            return new StartSurvey.Candidate(
                    at(host, seen),
                    Optional.of(wiring.drivers().hypervisor(host).memory(host)));
        } catch (Failure unasked) {
            return new StartSurvey.Candidate(
                    facts(host, seen, List.of(unasked), List.of(), seen.record().definition()), Optional.empty());
        }
    }

    private Seen look(Entry found, FencingToken token, Set<HostRef> deadHosts) {
        try (var questions = wiring.fanout().begin()) {
            // Read again under the lease: it may have been used between the look-up and now.
            var again = questions.ask(() -> wiring.drivers()
                    .storage(found.volume().datastore())
                    .ledger()
                    .find(found.volume()));
            var sighting = questions.ask(
                    () -> guests.of(token.vm().uuid(), wiring.drivers().hosts()));
            var entry = again.get().orElseThrow(() -> Surveyor.gone(found));
            var record = entry.record()
                    .orElseThrow(
                            () -> CheckpointPlanner.unreadable(entry.volume().name()));
            return new Seen(token, entry, record, sighting.get(), deadHosts);
        }
    }

    private ResumeSurvey at(HostRef target, Seen seen) {
        var record = seen.record();
        var obstacles = new ArrayList<Failure>();
        outOfReach(seen.entry().volume().datastore(), target).ifPresent(obstacles::add);
        wiring.drivers().hypervisor(target).obstacles(target, record.profile(), record.definition()).stream()
                .filter(obstacle -> !target.equals(record.source()) || !obstacle.is("vm.incoherent-disk"))
                .forEach(obstacles::add);
        var definition = restorable(target, record.definition());
        var home = new DirectoryHome(wiring.journal()).of(record);
        var found = disks.look(new DiskSurveyor.Passage(
                record.vm(), home, target, record.definition(), definition, answers(home, seen)));
        obstacles.addAll(found.obstacles());
        return facts(target, seen, obstacles, found.moves(), definition);
    }

    private boolean answers(HostRef host, Seen seen) {
        return wiring.drivers().hosts().contains(host)
                && !seen.sighting().silent().contains(host)
                && !seen.deadHosts().contains(host);
    }

    private ResumeSurvey facts(
            HostRef target, Seen seen, List<Failure> obstacles, List<DirectoryMove> moves, String definition) {
        return new ResumeSurvey(
                seen.token(),
                seen.entry(),
                seen.record(),
                target,
                seen.sighting().views(),
                seen.sighting().silent(),
                seen.deadHosts(),
                obstacles,
                moves,
                definition,
                wiring.settings().linkFolder());
    }

    static void requireAnswer(HostRef target, GuestFinder.Sighting sighting) {
        if (sighting.silent().contains(target)) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.unreachable", "the target doesn't answer")
                    .host(target)
                    .next("make it answer, or name another one with --host")
                    .build();
        }
    }

    /** The definition as it is to be restored with on that host. */
    String restorable(HostRef host, String definition) {
        return wiring.drivers().hypervisor(host).transform(host, definition, Phase.RESTORE).stream()
                .map(DefinitionChange::after)
                .reduce((first, last) -> last)
                .orElse(definition);
    }

    Optional<Failure> outOfReach(String datastore, HostRef target) {
        return wiring.drivers().storage(datastore).serves(target)
                ? Optional.empty()
                : Optional.of(Failure.of(
                                FailureKind.CALLER, "datastore.out-of-reach", "the target can't reach the checkpoint")
                        .host(target)
                        .why("datastore " + datastore + " isn't configured for it")
                        .next("name another host, or give that one access to the datastore")
                        .build());
    }
}
