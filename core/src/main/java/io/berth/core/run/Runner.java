package io.berth.core.run;

import io.berth.core.journal.Journal;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes a plan forward, or back.
 *
 * <p>Before the point of no return a step that fails sends the whole operation back; after it there is only forward.
 * While it isn't known what became of a step nothing else is done: the operation rests, and recovery goes on with it.
 * Every move is journalled before it is made. Thread-safe; a run belongs to one thread.
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
        return follow(new Course(plan, run, options, new History(List.of())), Course::start);
    }

    /**
     * Goes on with a plan where a process that died has left off: forward after the point of no return, back before it.
     * When nothing was begun nothing is: the facts that the plan was made from are not facts any more.
     *
     * @throws Failure as {@link #run}
     */
    public RunResult goOn(Plan plan, StepRun run, RunOptions options, List<StepEvent> events) {
        return follow(new Course(plan, run, options, new History(events)), Course::goOn);
    }

    private static RunResult follow(Course course, Function<Course, RunResult> way) {
        try {
            return way.apply(course);
        } catch (TakenOver takenOver) {
            throw takenOver.failure();
        }
    }

    /** One run of one plan. */
    private final class Course {
        private final Plan plan;
        private final StepRun run;
        private final RunOptions options;
        private final History history;
        private final Log log;
        private final News news;

        Course(Plan plan, StepRun run, RunOptions options, History history) {
            this.plan = plan;
            this.run = run;
            this.options = options;
            this.history = history;
            this.log = new Log(journal, run.lease());
            this.news = new News(options.listener(), plan);
            plan.steps().forEach(step -> history.outputs(step.name()).ifPresent(found -> recall(step, found)));
        }

        private void recall(Step step, Outputs found) {
            if (step instanceof Step.AttachVolume) {
                run.recall(step.name(), found, () -> steps.repeat(step, run));
            } else {
                run.remember(step.name(), found);
            }
        }

        RunResult start() {
            news.begins();
            return forward(0);
        }

        RunResult goOn() {
            news.begins();
            var last = lastBegun();
            if (last < 0 || history.isUndoing()) {
                return back(last, interrupted());
            }
            if (history.hasCrossed(plan)) {
                return forward(history.firstOpen(plan));
            }
            var open = history.firstOpen(plan);
            if (open == plan.pointOfNoReturn() - 1
                    && history.wasBegun(plan.steps().get(open).name())) {
                switch (steps.look(plan.steps().get(open), run, interrupted())) {
                    case StepTry.Outcome.Done done -> {
                        log.happened(StepEvent.done(
                                plan.steps().get(open).name(),
                                Direction.FORWARD,
                                done.outputs().values()));
                        open++;
                    }
                    case StepTry.Outcome.NotDone _, StepTry.Outcome.Pointless _ -> {}
                    case StepTry.Outcome.Unknown unknown -> {
                        return rest(OperationState.PENDING, unknown.why());
                    }
                }
            }
            return open >= plan.pointOfNoReturn() ? forward(open) : back(last, interrupted());
        }

        private RunResult forward(int from) {
            for (var index = from; index < plan.steps().size(); index++) {
                var step = plan.steps().get(index);
                var canReturn = index <= plan.pointOfNoReturn() && !history.hasCrossed(plan);
                try {
                    if (index < plan.pointOfNoReturn() && options.cancellation().requested()) {
                        throw cancelled();
                    }
                    if (index == plan.pointOfNoReturn() && canReturn) {
                        confirm();
                    }
                    intend(index, step);
                } catch (Failure failure) {
                    if (!canReturn) {
                        throw failure;
                    }
                    return isBlind(failure) && index == plan.pointOfNoReturn()
                            ? rest(OperationState.PENDING, failure)
                            : back(index - 1, failure);
                }
                var isFinal = index >= plan.pointOfNoReturn();
                if (isFinal) {
                    run.passPointOfNoReturn();
                }
                news.stepBegins(step, Direction.FORWARD);
                var outcome = isFinal ? performStubbornly(step) : steps.perform(step, run);
                news.stepEnds(step, Direction.FORWARD, outcome);
                switch (outcome) {
                    case StepTry.Outcome.Done done ->
                        log.happened(StepEvent.done(
                                step.name(), Direction.FORWARD, done.outputs().values()));
                    case StepTry.Outcome.NotDone notDone -> {
                        log.happened(StepEvent.notDone(
                                step.name(), Direction.FORWARD, notDone.why().getMessage()));
                        return isFinal ? rest(unfinished(index), notDone.why()) : back(index, notDone.why());
                    }
                    case StepTry.Outcome.Pointless pointless -> {
                        log.happened(StepEvent.notDone(
                                step.name(), Direction.FORWARD, pointless.why().getMessage()));
                        return index <= plan.pointOfNoReturn()
                                ? back(index, pointless.why())
                                : rest(unfinished(index), pointless.why());
                    }
                    case StepTry.Outcome.Unknown unknown -> {
                        log.happened(StepEvent.unknown(
                                step.name(), Direction.FORWARD, unknown.why().getMessage()));
                        return rest(unfinished(index), unknown.why());
                    }
                }
            }
            return run.lostMemory() ? rest(OperationState.FAILED, memoryLost()) : succeed();
        }

        /** The first step after the point of no return tells that the point was crossed: always durable. */
        private void intend(int index, Step step) {
            var intent = StepEvent.intent(step.name(), Direction.FORWARD);
            if (step instanceof Step.Traceless && index != plan.pointOfNoReturn()) {
                log.happened(intent);
            } else {
                log.intends(intent);
            }
        }

        /** After the point of no return a step is tried again; when its outcome is unknown it is looked at first. */
        private StepTry.Outcome performStubbornly(Step step) {
            var outcome =
                    history.wasBegun(step.name()) ? steps.look(step, run, interrupted()) : steps.perform(step, run);
            for (var time : options.pauses()) {
                if (outcome instanceof StepTry.Outcome.Done || outcome instanceof StepTry.Outcome.Pointless) {
                    return outcome;
                }
                pause.sleep(time);
                outcome = steps.perform(step, run);
            }
            return outcome;
        }

        private RunResult back(int from, Failure reason) {
            for (var index = from; index >= 0; index--) {
                var step = plan.steps().get(index);
                if (history.isUndone(step.name())) {
                    continue;
                }
                log.intendsIfPossible(StepEvent.intent(step.name(), Direction.UNDO));
                news.stepBegins(step, Direction.UNDO);
                var outcome = steps.undo(step, run);
                for (var time : options.pauses()) {
                    if (outcome instanceof StepTry.Outcome.Unknown) {
                        pause.sleep(time);
                        outcome = steps.undo(step, run);
                    }
                }
                news.stepEnds(step, Direction.UNDO, outcome);
                if (outcome instanceof StepTry.Outcome.Unknown unknown) {
                    reason.addSuppressed(unknown.why());
                    return rest(OperationState.PENDING, unknown.why());
                }
                log.happened(StepEvent.done(step.name(), Direction.UNDO, Map.of()));
            }
            return rest(OperationState.FAILED, reason);
        }

        private void confirm() {
            plan.steps().stream()
                    .filter(step -> plan.confirmations().contains(step.name()))
                    .forEach(step -> steps.confirm(step, run));
        }

        private RunResult succeed() {
            try {
                log.finish(OperationState.SUCCEEDED, "");
                return news.ends(new RunResult(plan, OperationState.SUCCEEDED, Optional.empty(), false));
            } catch (Failure failure) {
                // All is done; the journal will hear of it from recovery, which finds every step done.
                return news.ends(
                        new RunResult(plan, OperationState.SUCCEEDED_CLEANUP_PENDING, Optional.of(failure), false));
            }
        }

        private RunResult rest(OperationState state, Failure reason) {
            var result = new RunResult(plan, state, Optional.of(reason), run.lostMemory());
            try {
                log.finish(state, result.message());
            } catch (Failure failure) {
                reason.addSuppressed(failure);
            }
            return news.ends(result);
        }

        private OperationState unfinished(int index) {
            return index >= plan.cleanup() ? OperationState.SUCCEEDED_CLEANUP_PENDING : OperationState.PENDING;
        }

        private int lastBegun() {
            var last = plan.steps().size() - 1;
            while (last >= 0 && !history.wasBegun(plan.steps().get(last).name())) {
                last--;
            }
            return last;
        }
    }

    /** Nothing could be learned, as against: it was learned that it isn't so. */
    private static boolean isBlind(Failure failure) {
        return failure.kind() == FailureKind.ENVIRONMENT || failure.isUnknownOutcome();
    }

    private static Failure cancelled() {
        return Failure.of(FailureKind.CANCELLED, "operation.cancelled", "the operation was cancelled")
                .why("somebody asked for it before the point of no return")
                .next("everything is as it was before; start it again when you like")
                .build();
    }

    private static Failure interrupted() {
        return Failure.of(FailureKind.ENVIRONMENT, "operation.interrupted", "the operation was interrupted")
                .why("the process that ran it died before the point of no return")
                .next("everything is as it was before; start it again when you like")
                .build();
    }

    private static Failure memoryLost() {
        return Failure.of(FailureKind.ENVIRONMENT, "vm.memory-lost", "the guest's memory is lost")
                .why("the host that held the only copy died")
                .next("the guest's disks are as the host left them: start it anew from them")
                .build();
    }
}
