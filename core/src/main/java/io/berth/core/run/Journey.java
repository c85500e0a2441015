package io.berth.core.run;

import io.berth.core.journal.OperationState;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation from leg to leg. A leg that arrives is gone on with the next; one that had to return is followed by its
 * retreat, and then what was asked has failed all the same. Where even a retreat had to return, the last one only tidies
 * up.
 */
final class Journey {
    private final Plan plan;
    private final Course.Means means;
    private @Nullable Failure whyBack;
    private @Nullable Failure whyStranded;

    Journey(Plan plan, Course.Means means) {
        this.plan = plan;
        this.means = means;
        if (means.history().tellsMemoryLost()) {
            means.run().memoryIsLost();
        }
        plan.all().forEach(step -> means.history().outputs(step.name()).ifPresent(found -> recall(step, found)));
    }

    private void recall(Step step, Outputs found) {
        var run = means.run();
        if (step instanceof Step.AttachVolume) {
            run.recall(step.name(), found, () -> means.steps().repeat(step, run));
        } else {
            run.remember(step.name(), found);
        }
    }

    RunResult start() {
        means.news().begins();
        return travel(plan, Course.Role.FIRST, Course::start);
    }

    /** Goes on in the leg that was under way. */
    RunResult goOn() {
        means.news().begins();
        var leg = plan;
        var role = Course.Role.FIRST;
        while (leg.onward().filter(means.history()::hasEntered).isPresent()) {
            leg = leg.onward().get();
            role = Course.Role.LATER;
        }
        while (leg.retreat().filter(means.history()::hasEntered).isPresent()) {
            leg = leg.retreat().get();
            role = Course.Role.RETREAT;
        }
        return travel(leg, role, Course::goOn);
    }

    private RunResult travel(Plan leg, Course.Role role, Function<Course, Course.End> way) {
        if (role != Course.Role.FIRST) {
            means.run().passPointOfNoReturn();
        }
        return switch (way.apply(new Course(leg, role, means))) {
            case Course.End.Arrived _ -> arrived(leg, role);
            case Course.End.Returned returned -> returned(leg, role, returned.why());
            case Course.End.Stuck stuck -> rest(stuck.state(), stuck.why());
        };
    }

    private RunResult arrived(Plan leg, Course.Role role) {
        if (means.run().lostMemory()) {
            return rest(OperationState.FAILED, memoryLost());
        }
        if (role == Course.Role.RETREAT) {
            return rest(OperationState.FAILED, leg.retreat().isPresent() ? cameBack() : stranded());
        }
        return leg.onward().isPresent() ? travel(leg.onward().get(), Course.Role.LATER, Course::start) : succeed();
    }

    private RunResult returned(Plan leg, Course.Role role, Failure why) {
        switch (role) {
            case FIRST -> {
                return rest(OperationState.FAILED, why);
            }
            case LATER -> whyBack = why;
            case RETREAT -> whyStranded = why;
        }
        return leg.retreat().isPresent()
                ? travel(leg.retreat().get(), Course.Role.RETREAT, Course::start)
                : rest(OperationState.FAILED, stranded());
    }

    private RunResult succeed() {
        try {
            means.log().finish(OperationState.SUCCEEDED, "");
            return means.news().ends(new RunResult(plan, OperationState.SUCCEEDED, Optional.empty(), false));
        } catch (Failure failure) {
            // All is done; the journal will hear of it from recovery, which finds every step done.
            return means.news()
                    .ends(new RunResult(plan, OperationState.SUCCEEDED_CLEANUP_PENDING, Optional.of(failure), false));
        }
    }

    private RunResult rest(OperationState state, Failure reason) {
        var result = new RunResult(plan, state, Optional.of(reason), means.run().lostMemory());
        try {
            means.log().finish(state, result.message());
        } catch (Failure failure) {
            reason.noteBeside(failure);
        }
        return means.news().ends(result);
    }

    private static Failure memoryLost() {
        return Failure.of(FailureKind.ENVIRONMENT, "vm.memory-lost", "the guest's memory is lost")
                .why("the host that held the only copy died")
                .next("the guest's disks are as the host left them: start it anew from them")
                .build();
    }

    private Failure cameBack() {
        return Failure.of(FailureKind.ENVIRONMENT, "vm.came-home", plan.vm() + " goes on where it was")
                .why(reason())
                .next("mend that, then try again")
                .build();
    }

    private Failure stranded() {
        var alsoBack = whyStranded == null ? "" : "; and going back: " + whyStranded.getMessage();
        return Failure.of(FailureKind.ENVIRONMENT, "vm.stranded", plan.vm() + " is suspended")
                .why(reason() + alsoBack)
                .next("nothing is lost: bring it back with 'berth vm resume "
                        + plan.vm().uuid() + " --host HOST'")
                .build();
    }

    private String reason() {
        return whyBack == null ? "the operation was interrupted" : whyBack.getMessage();
    }
}
