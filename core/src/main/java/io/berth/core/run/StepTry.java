package io.berth.core.run;

import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;

/**
 * One try of one step, with three outcomes. An error of {@code perform} is never believed: the handler looks at the
 * world, because programs report errors for what they did, and answers get lost.
 */
final class StepTry {
    private final Handlers handlers;

    StepTry(Handlers handlers) {
        this.handlers = handlers;
    }

    sealed interface Outcome {
        record Done(Outputs outputs) implements Outcome {}

        record NotDone(Failure why) implements Outcome {}

        /** Not done, and no longer to be done. */
        record Pointless(Failure why) implements Outcome {}

        record Unknown(Failure why) implements Outcome {}
    }

    Outcome perform(Step step, StepRun run) {
        var handler = handlers.of(step);
        try {
            var outputs = handler.perform(step, run);
            run.remember(step.name(), outputs);
            handler.verify(step, run);
            return new Outcome.Done(outputs);
        } catch (Failure failure) {
            return lookAfter(step, run, failure);
        } catch (RuntimeException bug) {
            return lookAfter(step, run, asFailure(step, bug));
        }
    }

    /** Does an idempotent step once more for the sake of its outputs. */
    Outputs repeat(Step step, StepRun run) {
        return handlers.of(step).perform(step, run);
    }

    /** What a step has come to that was begun by a process that died. */
    Outcome look(Step step, StepRun run, Failure interrupted) {
        try {
            return probe(step, run, interrupted);
        } catch (Failure blind) {
            throwIfTakenOver(blind);
            return new Outcome.Unknown(blind);
        }
    }

    private Outcome lookAfter(Step step, StepRun run, Failure failure) {
        throwIfTakenOver(failure);
        try {
            return probe(step, run, failure);
        } catch (Failure blind) {
            throwIfTakenOver(blind);
            failure.noteBeside(blind);
            return new Outcome.Unknown(failure);
        }
    }

    private Outcome probe(Step step, StepRun run, Failure reason) {
        return switch (handlers.of(step).probe(step, run)) {
            case Probe.Done done -> {
                run.remember(step.name(), done.outputs());
                yield new Outcome.Done(done.outputs());
            }
            case Probe.NotDone _ -> new Outcome.NotDone(reason);
            case Probe.Pointless pointless -> new Outcome.Pointless(pointless.why());
        };
    }

    /** Empty when undone. */
    Outcome undo(Step step, StepRun run) {
        try {
            handlers.of(step).undo(step, run);
            return new Outcome.Done(Outputs.NONE);
        } catch (Failure failure) {
            throwIfTakenOver(failure);
            return new Outcome.Unknown(failure);
        } catch (RuntimeException bug) {
            return new Outcome.Unknown(asFailure(step, bug));
        }
    }

    /** Fails with why a step is no longer as it was. */
    void confirm(Step step, StepRun run) {
        try {
            handlers.of(step).verify(step, run);
        } catch (Failure failure) {
            throwIfTakenOver(failure);
            throw failure;
        }
    }

    /** Somebody with a higher epoch works on the VM: this engine must not touch anything more. */
    static boolean isTakenOver(Failure failure) {
        return failure.is("journal.lease-lost") || failure.is("guard.refused");
    }

    private static void throwIfTakenOver(Failure failure) {
        if (isTakenOver(failure)) {
            throw new TakenOver(failure);
        }
    }

    private static Failure asFailure(Step step, RuntimeException bug) {
        return Failure.of(FailureKind.BUG, "step.broken", "step " + step.name() + " broke")
                .why(bug.toString())
                .next("please report it, with the log")
                .cause(bug)
                .build();
    }
}
