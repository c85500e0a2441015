package io.berth.core.fleet;

import io.berth.core.fleet.SuspendAllSurvey.Candidate;
import io.berth.core.operation.LiveWay;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.Operations;
import io.berth.core.operation.Operations.Sighting;
import io.berth.core.operation.Wiring;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.MemoryEstimate;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StorageDriver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/** Collects the facts about many VMs. Only looks. */
final class FleetSurveyor {
    private static final MemoryEstimate UNKNOWN = new MemoryEstimate(DataSize.ZERO, DataSize.ZERO);

    private final Wiring wiring;
    private final Operations operations;
    private final RecentSaves saves;
    private final LiveWay liveWay;

    FleetSurveyor(Wiring wiring, Operations operations) {
        this.wiring = wiring;
        this.operations = operations;
        this.saves = new RecentSaves(wiring.journal());
        this.liveWay = new LiveWay(wiring);
    }

    /** @param seen how fast it goes, as this fleet itself has seen */
    SuspendAllSurvey suspendAll(SuspendAllRequest request, Optional<Pace> seen) {
        request.host().ifPresent(this::requireKnown);
        var datastore = wiring.settings()
                .datastore(
                        request.datastore(),
                        new TreeSet<>(wiring.drivers().checkpointDatastores().keySet()));
        var storage = wiring.drivers().storage(datastore);
        var sighting = operations.guests();
        return new SuspendAllSurvey(
                candidates(request, sighting, storage),
                sighting.silent().stream()
                        .filter(host -> isMeant(request.host(), host))
                        .map(FleetSurveyor::silent)
                        .toList(),
                datastore,
                storage.capabilities().thin(),
                storage.volumes().capacity(),
                seen.or(() -> request.pace().map(told -> new Pace(told, Pace.Source.TOLD)))
                        .or(() -> saves.onto(datastore))
                        .orElse(Pace.ASSUMED),
                request.within());
    }

    private List<Candidate> candidates(SuspendAllRequest request, Sighting sighting, StorageDriver storage) {
        var byHost = new TreeMap<HostRef, List<GuestView>>();
        for (var view : sighting.views()) {
            if (view.state().isAlive() && isMeant(request.host(), view.host())) {
                byHost.computeIfAbsent(view.host(), _ -> new ArrayList<>()).add(view);
            }
        }
        return wiring
                .fanout()
                .ask(
                        byHost.keySet(),
                        host -> byHost.getOrDefault(host, List.of()).stream()
                                .map(view -> candidate(view, storage))
                                .toList())
                .values()
                .stream()
                .flatMap(Collection::stream)
                .toList();
    }

    private Candidate candidate(GuestView view, StorageDriver storage) {
        if (!storage.serves(view.host())) {
            return new Candidate(view, UNKNOWN, Optional.of(outOfReach(view.host())));
        }
        return switch (view.state()) {
            case RUNNING, PAUSED -> measured(view);
            case SHUT_OFF, ORPHANED, BUSY, BROKEN -> new Candidate(view, UNKNOWN, Optional.of(notNow(view)));
        };
    }

    private Candidate measured(GuestView view) {
        try {
            var hypervisor = wiring.drivers().hypervisor(view.host());
            var obstacles = hypervisor.describe(view.host(), view.vm()).obstacles();
            return new Candidate(
                    view,
                    hypervisor.estimate(view.host(), view.vm()),
                    obstacles.stream().findFirst());
        } catch (Failure unasked) {
            return new Candidate(view, UNKNOWN, Optional.of(unasked));
        }
    }

    ResumeAllSurvey resumeAll(ResumeAllRequest request) {
        request.host().ifPresent(this::requireKnown);
        var silent = new ArrayList<Failure>();
        Map<UUID, CheckpointRecord> suspended = new HashMap<>();
        for (var storage : wiring.drivers().checkpointDatastores().values()) {
            try {
                storage.ledger().list().stream()
                        .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                        .flatMap(entry -> entry.record().stream())
                        .filter(record -> isSuspended(record) && isMeant(request.host(), record.source()))
                        .forEach(record -> suspended.put(record.vm().uuid(), record));
            } catch (Failure unasked) {
                silent.add(unasked);
            }
        }
        return new ResumeAllSurvey(
                List.copyOf(suspended.values()),
                free(host -> !request.deadHosts().contains(host)),
                silent);
    }

    EvacuateSurvey evacuate(EvacuateRequest request) {
        requireKnown(request.host());
        request.targets().forEach(this::requireKnown);
        var sighting = operations.guests();
        var datastore = datastoreFor(request);
        return new EvacuateSurvey(
                request.host(),
                sighting.views().stream()
                        .filter(view -> view.host().equals(request.host())
                                && view.state().isAlive())
                        .map(this::described)
                        .toList(),
                sighting.silent().stream()
                        .filter(request.host()::equals)
                        .map(FleetSurveyor::silent)
                        .toList(),
                free(request::mayGoTo),
                (guest, target, way) -> obstacle(guest, target, way, datastore),
                datastore,
                datastore.map(name -> saves.onto(name).orElse(Pace.ASSUMED)));
    }

    /** What goes live needs none. */
    private Optional<String> datastoreFor(EvacuateRequest request) {
        var known = new TreeSet<>(wiring.drivers().checkpointDatastores().keySet());
        return request.mode() == MigrationMode.LIVE || known.isEmpty()
                ? Optional.empty()
                : Optional.of(wiring.settings().datastore(request.datastore(), known));
    }

    private EvacuateSurvey.Candidate described(GuestView view) {
        return switch (view.state()) {
            case RUNNING, PAUSED -> {
                try {
                    var hypervisor = wiring.drivers().hypervisor(view.host());
                    yield new EvacuateSurvey.Candidate(
                            view,
                            Optional.of(hypervisor.describe(view.host(), view.vm())),
                            hypervisor.estimate(view.host(), view.vm()).need(),
                            Optional.empty());
                } catch (Failure unasked) {
                    yield new EvacuateSurvey.Candidate(view, Optional.empty(), DataSize.ZERO, Optional.of(unasked));
                }
            }
            case SHUT_OFF, ORPHANED, BUSY, BROKEN ->
                new EvacuateSurvey.Candidate(view, Optional.empty(), DataSize.ZERO, Optional.of(notNow(view)));
        };
    }

    /** What an operation would refuse because of the target; that it has a last word of its own is left to it. */
    private Optional<Failure> obstacle(GuestDescription guest, HostRef target, Way way, Optional<String> datastore) {
        try {
            var obstacles = new ArrayList<>(guest.obstacles());
            if (way == Way.MIGRATE_LIVE) {
                obstacles.addAll(liveObstacles(guest, target));
            } else {
                obstacles.addAll(
                        wiring.drivers().hypervisor(target).obstacles(target, guest.profile(), guest.definition()));
                obstacles.addAll(outOfReach(List.of(guest.view().host(), target), datastore));
            }
            return obstacles.stream().findFirst();
        } catch (Failure unasked) {
            return Optional.of(unasked);
        }
    }

    private List<Failure> liveObstacles(GuestDescription guest, HostRef target) {
        var host = guest.view().host();
        return wiring.drivers().hypervisor(host).capabilities(host).migrate()
                ? liveWay.look(guest, target).obstacles()
                : List.of(Failure.of(
                                FailureKind.CALLER, "migrate.not-live", "the hypervisor can't move a guest that runs")
                        .host(host)
                        .next("through a checkpoint it can")
                        .build());
    }

    private List<Failure> outOfReach(List<HostRef> hosts, Optional<String> datastore) {
        if (datastore.isEmpty()) {
            return List.of(Failure.of(FailureKind.CALLER, "datastore.none", "there is no datastore to put memory on")
                    .next("configure one that both hosts see")
                    .build());
        }
        var storage = wiring.drivers().storage(datastore.get());
        return hosts.stream()
                .filter(host -> !storage.serves(host))
                .map(FleetSurveyor::outOfReach)
                .toList();
    }

    private static boolean isSuspended(CheckpointRecord record) {
        return switch (record.purpose()) {
            case SUSPEND, MIGRATE -> true; // one that was stranded on its way is suspended
            case STOP, REHEARSE -> false;
        };
    }

    /** Free memory of such hosts, as far as they answer. */
    private SortedMap<HostRef, DataSize> free(Predicate<HostRef> which) {
        var free = new TreeMap<HostRef, DataSize>();
        var asked = wiring.drivers().hosts().stream().filter(which).toList();
        wiring.fanout().ask(asked, this::freeAt).forEach((host, size) -> size.ifPresent(some -> free.put(host, some)));
        return free;
    }

    private Optional<DataSize> freeAt(HostRef host) {
        try {
            return Optional.of(wiring.drivers().hypervisor(host).memory(host).free());
        } catch (Failure _) {
            return Optional.empty();
        }
    }

    private void requireKnown(HostRef host) {
        var _ = wiring.drivers().hypervisor(host);
    }

    private static boolean isMeant(Optional<HostRef> only, HostRef host) {
        return only.isEmpty() || only.get().equals(host);
    }

    private static Failure silent(HostRef host) {
        return Failure.of(
                        FailureKind.ENVIRONMENT, "host.no-answer", "a host didn't answer, nothing is done with its VMs")
                .host(host)
                .next("'berth host check " + host + "' tells why")
                .build();
    }

    private static Failure outOfReach(HostRef host) {
        return Failure.of(FailureKind.CALLER, "datastore.out-of-reach", "its host can't reach the datastore")
                .host(host)
                .next("name another datastore with --datastore, or give the host access to it")
                .build();
    }

    private static Failure notNow(GuestView view) {
        return Failure.of(FailureKind.CONFLICT, "vm.not-now", "nothing can be done with it as it is")
                .host(view.host())
                .why("it is " + view.state())
                .next("look at it: 'berth vm show " + view.vm().uuid() + "'")
                .build();
    }
}
