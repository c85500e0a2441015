package io.berth.core.operation;

import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.Sharing;
import java.util.List;

/**
 * Plans the move of a VM's directory while the VM runs nowhere. The target's is whole, durable and in its place before the
 * source's is touched, so until then undoing needs nothing but to drop what was brought. What is at the target alone has
 * been moved before: a plan without steps, so that whoever asks twice is told the same.
 */
final class MoveDirectoryPlanner {
    static final String KIND = "move-directory";

    private MoveDirectoryPlanner() {}

    static Plan plan(MoveDirectorySurvey facts) {
        facts.obstacles().stream().findFirst().ifPresent(obstacle -> {
            throw obstacle;
        });
        var plan = Plan.of(facts.token().operation(), KIND, facts.token().vm());
        if (isThere(facts)) {
            return plan.build();
        }
        var content = facts.content().orElseThrow(() -> absent(facts));
        var isApart = facts.isDeclared(Sharing.APART);
        if (facts.isAtTarget() && isApart) {
            throw occupied(facts);
        }
        if (!facts.isAtTarget() && content.allocated().exceeds(facts.free())) {
            throw noRoom(facts, "it takes " + content.allocated() + ", free are " + facts.free());
        }
        var moving = new Moving(List.of(
                new DirectoryMove(facts.directory(), facts.from(), facts.to(), isApart, content.size(), List.of())));
        moving.addBringing(moving.addFinding(plan)).pointOfNoReturn(Moving.BRINGING + "1");
        return moving.addLeaving(plan.cleanup()).build();
    }

    private static boolean isThere(MoveDirectorySurvey facts) {
        return facts.isAtTarget()
                && (facts.isDeclared(Sharing.SHARED) || facts.content().isEmpty());
    }

    private static Failure absent(MoveDirectorySurvey facts) {
        return Failure.of(FailureKind.CONFLICT, "directory.absent", "there is no directory " + facts.directory())
                .host(facts.from())
                .why("neither " + facts.from() + " nor " + facts.to() + " has it")
                .next("find out where it is; if the datastore's folder should be a mount, mount it")
                .build();
    }

    private static Failure occupied(MoveDirectorySurvey facts) {
        return Failure.of(
                        FailureKind.CONFLICT,
                        "directory.occupied",
                        "the target has a directory " + facts.directory() + ", too")
                .host(facts.to())
                .why("one can't take the place of another")
                .next("see which of the two is the VM's, and rename the other one: nothing of either was touched")
                .build();
    }

    private static Failure noRoom(MoveDirectorySurvey facts, String why) {
        return Failure.of(FailureKind.STORAGE, "storage.no-room", "no room for directory " + facts.directory())
                .host(facts.to())
                .why(why)
                .next("make room there, or choose another host")
                .build();
    }
}
