package io.berth.core.run;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;

/** One run of one leg: forward to its end, or back to its start. Belongs to one thread. */
final class Course {
    private final Plan plan;
    private final Role role;
    private final StepTry steps;
    private final Pause pause;
    private final StepRun run;
    private final RunOptions options;
    private final History history;
    private final Log log;
    private final News news;

    Course(Plan leg, Role role, Means means) {
        this.plan = leg;
        this.role = role;
        this.steps = means.steps();
        this.pause = means.pause();
        this.run = means.run();
        this.options = means.options();
        this.history = means.history();
        this.log = means.log();
        this.news = means.news();
    }

    /** What a leg is for. */
    enum Role {
        /** Until its point of no return the whole operation can be cancelled. */
        FIRST,
        LATER,
        /** Puts right that another leg was undone. */
        RETREAT
    }

    /** What all legs of an operation are travelled with. */
    record Means(StepTry steps, Pause pause, StepRun run, RunOptions options, History history, Log log, News news) {}

    sealed interface End {
        record Arrived() implements End {}

        /** All of it is undone. */
        record Returned(Failure why) implements End {}

        /** Neither can be gone on with now. */
        record Stuck(OperationState state, Failure why) implements End {}
    }

    End start() {
        return forward(0);
    }

    End goOn() {
        var last = lastBegun();
        if (last < 0 || history.isUndoing(plan)) {
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
                    log.happened(done(plan.steps().get(open), Direction.FORWARD, done.outputs()));
                    open++;
                }
                case StepTry.Outcome.NotDone _, StepTry.Outcome.Pointless _ -> {}
                case StepTry.Outcome.Unknown unknown -> {
                    return new End.Stuck(OperationState.PENDING, unknown.why());
                }
            }
        }
        return open >= plan.pointOfNoReturn() || isWorthTrying() ? forward(open) : back(last, interrupted());
    }

    /** A retreat gives the VM back: it is tried to its end as long as it hasn't failed and its host isn't dead. */
    private boolean isWorthTrying() {
        return role == Role.RETREAT
                && plan.steps().stream().flatMap(step -> step.host().stream()).noneMatch(run::isDead);
    }

    private End forward(int from) {
        for (var index = from; index < plan.steps().size(); index++) {
            var step = plan.steps().get(index);
            var canReturn = index <= plan.pointOfNoReturn() && !history.hasCrossed(plan);
            try {
                if (isCancelled(index)) {
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
                        ? new End.Stuck(OperationState.PENDING, failure)
                        : back(Math.max(index - 1, lastBegun()), failure);
            }
            var isFinal = index >= plan.pointOfNoReturn();
            if (isFinal) {
                run.passPointOfNoReturn();
            }
            news.stepBegins(step, Direction.FORWARD);
            var outcome = isFinal ? performStubbornly(step) : steps.perform(step, run);
            news.stepEnds(step, Direction.FORWARD, outcome);
            switch (outcome) {
                case StepTry.Outcome.Done done -> log.happened(done(step, Direction.FORWARD, done.outputs()));
                case StepTry.Outcome.NotDone notDone -> {
                    log.happened(StepEvent.notDone(
                            step.name(), Direction.FORWARD, notDone.why().getMessage()));
                    return isFinal
                            ? new End.Stuck(unfinished(index), notDone.why())
                            : back(index, isCancelled(index) ? stopped(notDone.why()) : notDone.why());
                }
                case StepTry.Outcome.Pointless pointless -> {
                    log.happened(StepEvent.notDone(
                            step.name(), Direction.FORWARD, pointless.why().getMessage()));
                    return index <= plan.pointOfNoReturn()
                            ? back(index, pointless.why())
                            : new End.Stuck(unfinished(index), pointless.why());
                }
                case StepTry.Outcome.Unknown unknown -> {
                    log.happened(StepEvent.unknown(
                            step.name(), Direction.FORWARD, unknown.why().getMessage()));
                    return new End.Stuck(unfinished(index), unknown.why());
                }
            }
        }
        return new End.Arrived();
    }

    private boolean isCancelled(int index) {
        return role == Role.FIRST
                && index < plan.pointOfNoReturn()
                && options.cancellation().requested();
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
        var outcome = history.wasBegun(step.name()) ? steps.look(step, run, interrupted()) : steps.perform(step, run);
        for (var time : options.pauses()) {
            if (outcome instanceof StepTry.Outcome.Done || outcome instanceof StepTry.Outcome.Pointless) {
                return outcome;
            }
            pause.sleep(time);
            outcome = steps.perform(step, run);
        }
        return outcome;
    }

    private End back(int from, Failure reason) {
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
                unknown.why().noteBeside(reason);
                return new End.Stuck(OperationState.PENDING, unknown.why());
            }
            log.happened(done(step, Direction.UNDO, Outputs.NONE));
        }
        return new End.Returned(reason);
    }

    private StepEvent done(Step step, Direction direction, Outputs found) {
        var outputs = run.lostMemory() ? found.withMemoryLost() : found;
        return StepEvent.done(step.name(), direction, outputs.values());
    }

    private void confirm() {
        plan.steps().stream()
                .filter(step -> plan.confirmations().contains(step.name()))
                .forEach(step -> steps.confirm(step, run));
    }

    /** A retreat that has only to tidy up doesn't make a success of what was asked. */
    private OperationState unfinished(int index) {
        return index >= plan.cleanup() && role != Role.RETREAT
                ? OperationState.SUCCEEDED_CLEANUP_PENDING
                : OperationState.PENDING;
    }

    /** By a process before this one. */
    private int lastBegun() {
        var last = plan.steps().size() - 1;
        while (last >= 0 && !history.wasBegun(plan.steps().get(last).name())) {
            last--;
        }
        return last;
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

    /** A command that was to stop may take its answer with it: that is no accident. Other reasons stand as they are. */
    private static Failure stopped(Failure why) {
        if (!why.isUnknownOutcome()) {
            return why;
        }
        var asked = cancelled();
        asked.noteBeside(why);
        return asked;
    }

    private static Failure interrupted() {
        return Failure.of(FailureKind.ENVIRONMENT, "operation.interrupted", "the operation was interrupted")
                .why("the process that ran it died before the point of no return")
                .next("everything is as it was before; start it again when you like")
                .build();
    }
}
