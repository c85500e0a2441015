package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.DirectoryCopies;

/**
 * The directory that was left behind. That the target's is another one is never taken for granted: hosts that share a
 * folder may believe for a while that they don't. The target's note of what was brought is the last to go, so that it
 * tells as long as something is left to do; when one of the hosts is dead it stays, for the garbage collector.
 */
final class LeaveDirectoryHandler implements StepHandler<Step.LeaveDirectory> {
    @Override
    public Probe probe(Step.LeaveDirectory step, StepRun run) {
        return Probe.doneIf(isNothingToDo(step, run) || !isNoted(step, run));
    }

    @Override
    public Outputs perform(Step.LeaveDirectory step, StepRun run) {
        if (!isNothingToDo(step, run) && isNoted(step, run)) {
            setAside(step, run);
            settle(step, run);
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

    private static void setAside(Step.LeaveDirectory step, StepRun run) {
        if (state(step, run) == DirectoryAsides.State.IN_PLACE) {
            requireUnused(step, run);
            Directories.asides(run, step.directory()).setAside(run.determinedCall(), step.directory(), step.at());
        }
    }

    /** Somebody may have started the VM where it came from, by hand: its disks are these then. */
    private static void requireUnused(Step.LeaveDirectory step, StepRun run) {
        var vm = run.lease().vm();
        if (Guests.alive(run, vm, step.at()).isPresent()) {
            throw Failure.of(FailureKind.CONFLICT, "directory.in-use", vm + " is at work on the directory that it left")
                    .host(step.at())
                    .why("somebody has started it there")
                    .next("end it there or at " + step.to() + ", wherever it shouldn't be, then run 'berth recover'")
                    .build();
        }
    }

    private static void settle(Step.LeaveDirectory step, StepRun run) {
        if (state(step, run) == DirectoryAsides.State.GONE) {
            return;
        }
        run.await(Directories.of(run, step.directory().datastore()).cacheTime());
        var asides = Directories.asides(run, step.directory());
        switch (asides.lookFrom(run.operation(), step.directory(), step.to())) {
            case THERE -> asides.delete(run.determinedCall(), step.directory(), step.at());
            case VANISHED -> asides.restore(run.determinedCall(), step.directory(), step.at());
        }
    }

    private static DirectoryAsides.State state(Step.LeaveDirectory step, StepRun run) {
        return Directories.asides(run, step.directory()).state(run.operation(), step.directory(), step.at());
    }

    @Override
    public void undo(Step.LeaveDirectory step, StepRun run) {}

    @Override
    public void verify(Step.LeaveDirectory step, StepRun run) {}
}
