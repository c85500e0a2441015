package io.berth.core.run;

import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.journal.StepEvent.Phase;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;

/**
 * Hears how an operation goes on, for progress on a terminal, the log and measurements. Called in the operation's own
 * thread, before and after each move and never in between, so it must be quick; what it throws is ignored. The journal
 * is the truth, this is only news.
 */
public interface RunListener {
    RunListener NONE = new RunListener() {};

    /** The operation begins, or recovery goes on with it. */
    default void begins(Plan plan) {}

    /** The step's intent is durable; now it is tried. */
    default void stepBegins(Plan plan, Step step, Direction direction) {}

    /** What came of the step; {@link Phase#INTENT} never. */
    default void stepEnds(Plan plan, Step step, Direction direction, Phase phase) {}

    /** How the operation ended, or where it rests. Not called when another engine has taken it over. */
    default void ends(RunResult result) {}
}
