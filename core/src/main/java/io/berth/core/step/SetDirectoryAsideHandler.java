package io.berth.core.step;

import io.berth.core.disk.DirectoryUsers;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.storage.DirectoryAsides;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A directory whose VM is gone, out of everybody's way. Days may have passed since it was found that nobody else uses it:
 * so that is looked at once more.
 */
final class SetDirectoryAsideHandler implements StepHandler<Step.SetDirectoryAside> {
    @Override
    public Probe probe(Step.SetDirectoryAside step, StepRun run) {
        return Probe.doneIf(isDone(step, run));
    }

    @Override
    public Outputs perform(Step.SetDirectoryAside step, StepRun run) {
        if (!isDone(step, run)) {
            requireUnused(step, run);
            Directories.asides(run, step.directory()).setAside(run.determinedCall(), step.directory(), step.at());
        }
        return Outputs.NONE;
    }

    private static boolean isDone(Step.SetDirectoryAside step, StepRun run) {
        return run.isDead(step.at())
                || Directories.asides(run, step.directory()).state(run.operation(), step.directory(), step.at())
                        != DirectoryAsides.State.IN_PLACE;
    }

    /** Nor may the VM itself be there again: its owner has made it anew then. */
    private static void requireUnused(Step.SetDirectoryAside step, StepRun run) {
        var dead = run.drivers().hosts().stream().filter(run::isDead).collect(Collectors.toSet());
        new DirectoryUsers(run.drivers())
                .requireNone(new DirectoryUsers.Question(step.directory(), step.at(), dead, Optional.empty()));
    }

    @Override
    public void undo(Step.SetDirectoryAside step, StepRun run) {}

    @Override
    public void verify(Step.SetDirectoryAside step, StepRun run) {}
}
