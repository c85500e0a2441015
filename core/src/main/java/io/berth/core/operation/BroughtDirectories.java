package io.berth.core.operation;

import io.berth.core.plan.Step;
import io.berth.driver.HostRef;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Copies of VM directories that were brought to a host, and that the guest may not have gone on from. */
final class BroughtDirectories {
    private final Wiring wiring;

    BroughtDirectories(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * A copy whose bringing was undone, or was to be.
     *
     * @param other where the VM's directory is if not in the copy's place: where it was brought from, or went to since
     */
    Stream<DirectoryFinding> inVain(DirectorySight sight, Step.BringDirectory step, HostRef other) {
        BooleanSupplier isOld =
                () -> sight.areTwo(other, step.to()) && sight.goesOnAt(other) && !sight.isKnown(step.to());
        var copy = DirectoryFinding.stale(
                sight,
                step,
                "what was brought of directory " + sight.directory() + " to " + step.to(),
                () -> switch (sight.copy(step.to())) {
                    case NONE -> false;
                    // Under a name of the operation's own: no guest has a disk in it, wherever the VM is by now.
                    case PARTIAL, WHOLE -> true;
                    case PLACED -> isOld.getAsBoolean();
                },
                run -> wiring.handlers().of(step).undo(step, run));
        return Stream.concat(Stream.of(copy), astray(sight, step, other, step.to(), () -> !isOld.getAsBoolean()));
    }

    /** The VM was started on the copy, or may have been, while it has, or had, a directory elsewhere. */
    static Stream<DirectoryFinding> astray(
            DirectorySight sight, Step.OnHost step, HostRef other, HostRef to, BooleanSupplier mayBeNewer) {
        return Stream.of(
                note(sight, step, to, () -> sight.isNoted(to) && !sight.areTwo(other, to)),
                DirectoryFinding.twofold(
                        sight,
                        step,
                        "on " + other + " and, brought there by an operation that failed, on " + to
                                + ", where the VM may have run",
                        () -> sight.isNoted(to) && sight.areTwo(other, to) && mayBeNewer.getAsBoolean()));
    }

    /** That a directory is a copy: worth nothing once it is the only one, or gone. */
    static DirectoryFinding note(DirectorySight sight, Step.OnHost step, HostRef to, BooleanSupplier isSo) {
        return DirectoryFinding.stale(
                sight,
                step,
                "the note that directory " + sight.directory() + " on " + to + " is a copy",
                isSo,
                run -> sight.copies().forget(run.determinedCall(), sight.directory(), to));
    }
}
