package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.storage.DirectoryCopies;

/**
 * The directory that was left behind. The target's note of what was brought is the last to go, so that it tells as long as
 * something is left to do; when one of the hosts is dead it stays, for the garbage collector.
 */
final class LeaveDirectoryHandler implements StepHandler<Step.LeaveDirectory> {
    @Override
    public Probe probe(Step.LeaveDirectory step, StepRun run) {
        return Probe.doneIf(isNothingToDo(step, run) || !isNoted(step, run));
    }

    @Override
    public Outputs perform(Step.LeaveDirectory step, StepRun run) {
        if (!isNothingToDo(step, run) && isNoted(step, run)) {
            new Departure(step.directory(), step.at(), step.to()).complete(run);
            Directories.copies(run, step.directory()).forget(run.determinedCall(), step.directory(), step.to());
        }
        return Outputs.NONE;
    }

    private static boolean isNothingToDo(Step.LeaveDirectory step, StepRun run) {
        return run.isDead(step.at()) || run.isDead(step.to()) || Directories.isShared(run, step.sharing());
    }

    private static boolean isNoted(Step.LeaveDirectory step, StepRun run) {
        return Directories.copy(run, step.directory(), step.to()) == DirectoryCopies.State.PLACED;
    }

    @Override
    public void undo(Step.LeaveDirectory step, StepRun run) {}

    @Override
    public void verify(Step.LeaveDirectory step, StepRun run) {}
}
