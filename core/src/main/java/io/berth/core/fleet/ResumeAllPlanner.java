package io.berth.core.fleet;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/** Plans to resume many, where they were: who was suspended first comes back first, as long as memory lasts. */
final class ResumeAllPlanner {
    static final String KIND = "resume-all";

    private ResumeAllPlanner() {}

    static FleetPlan plan(ResumeAllSurvey facts) {
        var moves = new ArrayList<Move>();
        var left = new ArrayList<Left>();
        var room = new Room(facts.free());
        var order = Comparator.comparing(
                        (CheckpointRecord record) -> record.completed().orElse(record.created()))
                .thenComparing(record -> record.vm().name())
                .thenComparing(record -> record.vm().uuid());
        for (var record : facts.suspended().stream().sorted(order).toList()) {
            var host = record.source();
            var memory = record.profile().memory();
            var free = room.at(host);
            if (free.isEmpty()) {
                left.add(new Left(record.vm(), host, silent(record)));
            } else if (!room.take(host, memory)) {
                left.add(new Left(record.vm(), host, full(record, free.get())));
            } else {
                moves.add(new Move(
                        record.vm(),
                        Way.RESUME,
                        host,
                        Optional.empty(),
                        Optional.of(record.volume().datastore()),
                        record.imageLength(),
                        Optional.empty()));
            }
        }
        return new FleetPlan(KIND, moves, left, facts.silent(), Optional.empty(), Optional.empty());
    }

    private static Failure silent(CheckpointRecord record) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.unreachable", "the host it was on doesn't answer")
                .host(record.source())
                .next("make it answer, or bring the VM back elsewhere: 'berth vm start "
                        + record.vm().uuid() + "'")
                .build();
    }

    private static Failure full(CheckpointRecord record, DataSize free) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.no-memory", "the host has no room for the guest's memory")
                .host(record.source())
                .why("it may get " + record.profile().memory() + ", left are " + free)
                .next("make room there, or bring the VM back elsewhere: 'berth vm start "
                        + record.vm().uuid() + "'")
                .build();
    }
}
