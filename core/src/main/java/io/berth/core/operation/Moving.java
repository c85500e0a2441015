package io.berth.core.operation;

import io.berth.core.plan.Plan;
import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.driver.storage.Sharing;
import java.util.List;
import java.util.Optional;

/** The steps that take a VM's directories along, around those that take its memory. */
record Moving(List<DirectoryMove> moves) {
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
        for (var index = 0; index < moves.size(); index++) {
            var move = moves.get(index);
            plan.then(new Step.BringDirectory(
                    "bring-directory-" + (index + 1),
                    move.directory(),
                    move.from(),
                    move.to(),
                    sharing(move),
                    move.size()));
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

    private static Step.FindSharing finding(DirectoryMove move) {
        var datastore = move.directory().datastore();
        return new Step.FindSharing("find-sharing-" + datastore, datastore, move.from(), move.to());
    }

    private static Optional<Ref<Sharing>> sharing(DirectoryMove move) {
        return move.isApart() ? Optional.empty() : Optional.of(finding(move).sharing());
    }
}
