package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.DirectoryCopies;
import java.util.LinkedHashSet;

/** A directory of the VM's at the target, byte for byte the one that the source keeps, but for what is hollow in it. */
final class BringDirectoryHandler implements StepHandler<Step.BringDirectory> {
    @Override
    public Probe probe(Step.BringDirectory step, StepRun run) {
        return Probe.doneIf(Directories.isShared(run, step.sharing()) || isPlaced(step, run));
    }

    @Override
    public Outputs perform(Step.BringDirectory step, StepRun run) {
        if (!Directories.isShared(run, step.sharing())) {
            var copies = Directories.copies(run, step.directory());
            copies.copy(
                    run.call().moving(step.size()),
                    step.directory(),
                    step.at(),
                    step.to(),
                    new LinkedHashSet<>(step.hollow()));
            copies.place(run.call(), step.directory(), step.to());
        }
        return Outputs.NONE;
    }

    /**
     * Never anything but what this operation has brought; on a dead host the garbage collector finds it. With a guest that
     * is gone from both hosts it stays: somebody may have let it run at the target first, and then what it wrote last is here.
     */
    @Override
    public void undo(Step.BringDirectory step, StepRun run) {
        var mayHaveRun = run.lostMemory() && isPlaced(step, run);
        if (!run.isDead(step.to()) && !mayHaveRun) {
            Directories.copies(run, step.directory()).drop(run.determinedCall(), step.directory(), step.to());
        }
    }

    @Override
    public void verify(Step.BringDirectory step, StepRun run) {
        if (!Directories.isShared(run, step.sharing()) && !isPlaced(step, run)) {
            throw Failure.of(
                            FailureKind.STORAGE,
                            "directory.not-brought",
                            "directory " + step.directory() + " was brought and isn't there")
                    .host(step.to())
                    .why("somebody has taken it away")
                    .next("find out who, then try again")
                    .build();
        }
    }

    /** What is on a dead host is nobody's directory any more; the source still has it. */
    private static boolean isPlaced(Step.BringDirectory step, StepRun run) {
        return !run.isDead(step.to())
                && Directories.copy(run, step.directory(), step.to()) == DirectoryCopies.State.PLACED;
    }
}
