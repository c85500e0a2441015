package io.berth.core.step;

import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.VmDirectory;

/**
 * Removes a directory that a VM has left. That the one it has now is another one is never taken for granted: hosts that
 * share a folder may believe for a while that they don't. So the old one gets another name first, and goes only if the VM's
 * is still there then.
 *
 * @param at where the old one is
 * @param now where the VM's is
 */
public record Departure(VmDirectory directory, HostRef at, HostRef now) {
    /**
     * Done already is fine.
     *
     * @throws Failure {@code directory.in-use} when somebody has started the VM where it came from
     */
    public void complete(StepRun run) {
        if (state(run) == DirectoryAsides.State.IN_PLACE) {
            requireUnused(run);
            Directories.asides(run, directory).setAside(run.determinedCall(), directory, at);
        }
        if (state(run) != DirectoryAsides.State.GONE) {
            settle(run);
        }
    }

    /** Somebody may have started the VM where it came from, by hand: its disks are these then. */
    private void requireUnused(StepRun run) {
        var vm = run.lease().vm();
        if (Guests.alive(run, vm, at).isPresent()) {
            throw Failure.of(FailureKind.CONFLICT, "directory.in-use", vm + " is at work on the directory that it left")
                    .host(at)
                    .why("somebody has started it there")
                    .next("end it there or at " + now + ", wherever it shouldn't be, then run 'berth recover'")
                    .build();
        }
    }

    private void settle(StepRun run) {
        run.await(Directories.of(run, directory.datastore()).cacheTime());
        var asides = Directories.asides(run, directory);
        switch (asides.lookFrom(run.operation(), directory, now)) {
            case THERE -> asides.delete(run.determinedCall(), directory, at);
            case VANISHED -> asides.restore(run.determinedCall(), directory, at);
        }
    }

    private DirectoryAsides.State state(StepRun run) {
        return Directories.asides(run, directory).state(run.operation(), directory, at);
    }
}
