package io.berth.core.operation;

import io.berth.core.operation.DirectoryMove.WrittenDisk;
import io.berth.core.plan.CopiedDisk;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.storage.Sharing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The steps that take a VM's directories along, around those that take its memory. */
record Moving(List<DirectoryMove> moves) {
    /** What the steps that bring are called, before their numbers from 1. */
    static final String BRINGING = "bring-directory-";

    Moving {
        moves = List.copyOf(moves);
    }

    /** While nothing is touched: where it can't be found out nothing is begun. */
    Plan.Builder addFinding(Plan.Builder plan) {
        moves.stream()
                .filter(move -> !move.isApart())
                .map(Moving::finding)
                .distinct()
                .forEach(plan::then);
        return plan;
    }

    /** When nobody is at work on them any more, and before somebody is again. */
    Plan.Builder addBringing(Plan.Builder plan) {
        return addBringing(plan, _ -> List.of());
    }

    /** While the guest runs: what is in its disks it takes along itself. */
    Plan.Builder addPreparing(Plan.Builder plan) {
        return addBringing(
                plan,
                move -> move.written().stream()
                        .map(WrittenDisk::file)
                        .distinct()
                        .toList());
    }

    private Plan.Builder addBringing(Plan.Builder plan, Function<DirectoryMove, List<String>> hollow) {
        for (var index = 0; index < moves.size(); index++) {
            var move = moves.get(index);
            plan.then(new Step.BringDirectory(
                    BRINGING + (index + 1),
                    move.directory(),
                    move.from(),
                    move.to(),
                    sharing(move),
                    move.size(),
                    hollow.apply(move)));
        }
        return plan;
    }

    /** When the guest runs at the target. */
    Plan.Builder addLeaving(Plan.Builder plan) {
        for (var index = 0; index < moves.size(); index++) {
            var move = moves.get(index);
            plan.then(new Step.LeaveDirectory(
                    "leave-directory-" + (index + 1), move.directory(), move.from(), move.to(), sharing(move)));
        }
        return plan;
    }

    /** What a guest that runs takes along itself. */
    List<CopiedDisk> copied() {
        return moves.stream()
                .flatMap(move -> move.written().stream()
                        .map(disk -> new CopiedDisk(disk.target(), new DevicePath(disk.path()), sharing(move))))
                .toList();
    }

    DataSize size() {
        return moves.stream().map(DirectoryMove::size).reduce(DataSize.ZERO, DataSize::plus);
    }

    private static Step.FindSharing finding(DirectoryMove move) {
        var datastore = move.directory().datastore();
        return new Step.FindSharing("find-sharing-" + datastore, datastore, move.from(), move.to());
    }

    private static Optional<Ref<Sharing>> sharing(DirectoryMove move) {
        return move.isApart() ? Optional.empty() : Optional.of(finding(move).sharing());
    }
}
