package io.berth.core.run;

import io.berth.core.journal.Journal;
import io.berth.core.journal.StepEvent;
import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import java.util.List;
import java.util.function.Function;

/**
 * Takes a plan forward, or back.
 *
 * <p>Before the point of no return a step that fails sends the whole leg back; after it there is only forward. While it
 * isn't known what became of a step nothing else is done: the operation rests, and recovery goes on with it. Every move
 * is journalled before it is made. Thread-safe; a run belongs to one thread.
 */
public final class Runner {
    private final Journal journal;
    private final StepTry steps;
    private final Pause pause;

    public Runner(Journal journal, Handlers handlers, Pause pause) {
        this.journal = journal;
        this.steps = new StepTry(handlers);
        this.pause = pause;
    }

    /**
     * Runs a plan from its start.
     *
     * @throws Failure {@code journal.lease-lost} or {@code guard.refused} when another engine owns the VM by now, and
     *     then nothing more was touched; a failure of the journal when nothing can be written after the point of no
     *     return
     */
    public RunResult run(Plan plan, StepRun run, RunOptions options) {
        return travel(plan, run, options, List.of(), Journey::start);
    }

    /**
     * Goes on with a plan where a process that died has left off: forward after the point of no return, back before it.
     * When nothing was begun nothing is: the facts that the plan was made from are not facts any more.
     *
     * @throws Failure as {@link #run}
     */
    public RunResult goOn(Plan plan, StepRun run, RunOptions options, List<StepEvent> events) {
        return travel(plan, run, options, events, Journey::goOn);
    }

    private RunResult travel(
            Plan plan, StepRun run, RunOptions options, List<StepEvent> events, Function<Journey, RunResult> way) {
        var log = new Log(journal, run.lease());
        var news = new News(options.listener(), plan);
        var means = new Course.Means(steps, pause, run, options, new History(events), log, news);
        try {
            return way.apply(new Journey(plan, means));
        } catch (TakenOver takenOver) {
            throw takenOver.failure();
        }
    }
}
