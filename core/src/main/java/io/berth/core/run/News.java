package io.berth.core.run;

import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.journal.StepEvent.Phase;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;

/** Tells a listener, whose troubles must never become the operation's. */
final class News {
    private final RunListener listener;
    private final Plan plan;

    News(RunListener listener, Plan plan) {
        this.listener = listener;
        this.plan = plan;
    }

    void begins() {
        tell(() -> listener.begins(plan));
    }

    void stepBegins(Step step, Direction direction) {
        tell(() -> listener.stepBegins(plan, step, direction));
    }

    void stepEnds(Step step, Direction direction, StepTry.Outcome outcome) {
        var phase = switch (outcome) {
            case StepTry.Outcome.Done _ -> Phase.DONE;
            case StepTry.Outcome.NotDone _, StepTry.Outcome.Pointless _ -> Phase.NOT_DONE;
            case StepTry.Outcome.Unknown _ -> Phase.UNKNOWN;
        };
        tell(() -> listener.stepEnds(plan, step, direction, phase));
    }

    RunResult ends(RunResult result) {
        tell(() -> listener.ends(result));
        return result;
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException _) {
            // A broken terminal or a full log disk is no reason to leave a guest half saved.
        }
    }
}
