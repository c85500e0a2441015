package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;

/** A transition in the ledger: of two operations that want it, one gets it. */
final class AdvanceCheckpointHandler implements StepHandler<Step.AdvanceCheckpoint> {
    @Override
    public Probe probe(Step.AdvanceCheckpoint step, StepRun run) {
        return Probe.doneIf(isOurs(step, run) && !isTakenBack(step, run));
    }

    @Override
    public Outputs perform(Step.AdvanceCheckpoint step, StepRun run) {
        var stands = ledger(step, run).advance(run.call(), step.volume(), step.generation(), step.to());
        if (!stands.by().equals(run.operation())) {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "checkpoint.taken",
                            "the checkpoint " + step.volume() + " is " + step.to() + " already")
                    .why("operation " + stands.by() + " did that")
                    .next("see 'berth operation show " + stands.by() + "'")
                    .build();
        }
        return Outputs.NONE;
    }

    /** A complete checkpoint is withdrawn before its guest may run on; a consumed one is given back. */
    @Override
    public void undo(Step.AdvanceCheckpoint step, StepRun run) {
        switch (step.to()) {
            case ALLOCATED, WRITING -> {}
            case COMPLETE -> {
                if (isOurs(step, run)) {
                    advance(run, step, step.generation(), CheckpointState.CONSUMED);
                }
            }
            case CONSUMED -> giveBack(step, run);
        }
    }

    /**
     * In the next generation: the guest made of it never ran, or the point of no return would have been crossed. Where it
     * isn't consumed it is consumed first: the command to do so may still be on its way, through a host that is no part of
     * the plan and whose guard nobody could raise.
     */
    private static void giveBack(Step.AdvanceCheckpoint step, StepRun run) {
        var stands = ledger(step, run).find(step.volume()).map(CheckpointLedger.Entry::last);
        if (stands.filter(last -> last.generation() == step.generation()).isEmpty()) {
            return;
        }
        var taken = advance(run, step, step.generation(), CheckpointState.CONSUMED);
        if (taken.by().equals(run.operation())) {
            advance(run, step, step.generation() + 1, CheckpointState.COMPLETE);
        }
    }

    private static Transition advance(StepRun run, Step.AdvanceCheckpoint step, int generation, CheckpointState state) {
        return ledger(step, run).advance(run.determinedCall(), step.volume(), generation, state);
    }

    private static CheckpointLedger ledger(Step.AdvanceCheckpoint step, StepRun run) {
        return run.drivers().storage(step.volume().datastore()).ledger();
    }

    /** A withdrawn or given back checkpoint is further on in its life than this step brought it. */
    private static boolean isTakenBack(Step.AdvanceCheckpoint step, StepRun run) {
        return switch (step.to()) {
            case ALLOCATED, WRITING -> false;
            case COMPLETE, CONSUMED ->
                ledger(step, run)
                        .find(step.volume())
                        .map(CheckpointLedger.Entry::last)
                        .filter(last -> last.generation() == step.generation() && last.state() == step.to())
                        .isEmpty();
        };
    }

    private static boolean isOurs(Step.AdvanceCheckpoint step, StepRun run) {
        return ledger(step, run)
                .find(step.volume())
                .flatMap(entry -> entry.takenBy(step.generation(), step.to()))
                .filter(run.operation()::equals)
                .isPresent();
    }

    @Override
    public void verify(Step.AdvanceCheckpoint step, StepRun run) {}
}
