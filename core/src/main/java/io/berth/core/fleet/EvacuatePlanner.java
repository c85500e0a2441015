package io.berth.core.fleet;

import io.berth.core.fleet.EvacuateSurvey.Candidate;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Plans an evacuation: the largest first, since they fit into the fewest places; each to the host with the most memory
 * left after those before it, live if it can go anywhere live. What was tried in vain isn't planned again.
 */
final class EvacuatePlanner {
    static final String KIND = "evacuate";

    private final EvacuateSurvey facts;
    private final List<Way> ways;
    private final SoFar soFar;
    private final Room room;
    private final List<Move> moves = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();
    private DataSize throughStorage = DataSize.ZERO;

    private EvacuatePlanner(EvacuateSurvey facts, MigrationMode mode, SoFar soFar) {
        this.facts = facts;
        this.soFar = soFar;
        this.room = new Room(facts.free());
        this.ways = switch (mode) {
            case BEST -> List.of(Way.MIGRATE_LIVE, Way.MIGRATE_COLD);
            case LIVE -> List.of(Way.MIGRATE_LIVE);
            case COLD -> List.of(Way.MIGRATE_COLD);
        };
    }

    static FleetPlan plan(EvacuateSurvey facts, MigrationMode mode, SoFar soFar) {
        return new EvacuatePlanner(facts, mode, soFar).plan();
    }

    private FleetPlan plan() {
        var order = Comparator.comparing(EvacuatePlanner::memory)
                .reversed()
                .thenComparing(candidate -> candidate.view().vm().name())
                .thenComparing(candidate -> candidate.view().vm().uuid());
        facts.candidates().stream().sorted(order).forEach(this::place);
        return new FleetPlan(
                KIND,
                moves,
                left,
                facts.silent(),
                throughStorage.equals(DataSize.ZERO) ? Optional.empty() : facts.pace(),
                Optional.empty());
    }

    private void place(Candidate candidate) {
        var guest = candidate.guest();
        if (candidate.obstacle().isPresent() || guest.isEmpty()) {
            candidate
                    .obstacle()
                    .ifPresent(why -> left.add(new Left(candidate.view().vm(), facts.host(), why)));
            return;
        }
        var reasons = new ArrayList<String>();
        for (var way : ways) {
            for (var target : mostRoomFirst()) {
                var why = obstacle(candidate, guest.get(), target, way);
                if (why.isEmpty()) {
                    var _ = room.take(target, memory(candidate));
                    moves.add(move(candidate, target, way));
                    return;
                }
                reasons.add(target + ": " + why.get().getMessage());
            }
        }
        left.add(new Left(candidate.view().vm(), facts.host(), nowhere(reasons)));
    }

    private List<HostRef> mostRoomFirst() {
        return facts.free().keySet().stream()
                .sorted(Comparator.comparing((HostRef host) -> room.at(host).orElse(DataSize.ZERO))
                        .reversed()
                        .thenComparing(host -> host))
                .toList();
    }

    private Optional<Failure> obstacle(Candidate candidate, GuestDescription guest, HostRef target, Way way) {
        var failed = soFar.triedInVain(candidate.view().vm(), target, way);
        if (failed.isPresent()) {
            return failed;
        }
        var free = room.at(target).orElse(DataSize.ZERO);
        if (memory(candidate).exceeds(free)) {
            return Optional.of(full(target, memory(candidate), free));
        }
        return facts.ways().obstacle(guest, target, way);
    }

    private Move move(Candidate candidate, HostRef target, Way way) {
        var isCold = way == Way.MIGRATE_COLD;
        if (isCold) {
            // Written once, read once.
            throughStorage = throughStorage.plus(candidate.need()).plus(candidate.need());
        }
        return new Move(
                candidate.view().vm(),
                way,
                facts.host(),
                Optional.of(target),
                isCold ? facts.datastore() : Optional.empty(),
                candidate.need(),
                isCold ? facts.pace().map(pace -> pace.timeFor(throughStorage)) : Optional.empty());
    }

    private static DataSize memory(Candidate candidate) {
        return candidate.guest().map(guest -> guest.profile().memory()).orElse(DataSize.ZERO);
    }

    private static Failure full(HostRef target, DataSize need, DataSize free) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.no-memory", "the host has no room for the guest's memory")
                .host(target)
                .why("it may get " + need + ", left are " + free)
                .next("make room there, or choose another host")
                .build();
    }

    private Failure nowhere(List<String> reasons) {
        return Failure.of(FailureKind.ENVIRONMENT, "evacuate.nowhere", "no other host can take it")
                .host(facts.host())
                .why(
                        reasons.isEmpty()
                                ? "no other host answers"
                                : reasons.stream().distinct().collect(Collectors.joining("; ")))
                .next("mend one of them, or save it: 'berth vm suspend'")
                .build();
    }
}
