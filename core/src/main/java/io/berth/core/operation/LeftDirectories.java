package io.berth.core.operation;

import io.berth.core.plan.Step;
import io.berth.core.step.Departure;
import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.stream.Stream;

/** Directories on hosts that their VM has left, which were away, or whose guest's new host was, when they were to go. */
final class LeftDirectories {
    private LeftDirectories() {}

    /** @param since where later operations have brought the VM's directory at last; empty when none has */
    static Stream<DirectoryFinding> of(DirectorySight sight, Step.LeaveDirectory step, Optional<HostRef> since) {
        if (since.isEmpty()) {
            return left(sight, step, step.to());
        }
        var now = since.get();
        if (now.equals(step.at())) {
            return Stream.of(replaced(sight, step));
        }
        return sight.hasLostMemory()
                ? BroughtDirectories.astray(sight, step, now, step.to(), () -> true)
                : left(sight, step, now);
    }

    /** @param now where the VM has gone on from, as far as operations tell */
    private static Stream<DirectoryFinding> left(DirectorySight sight, Step.LeaveDirectory step, HostRef now) {
        return Stream.of(old(sight, step, now), alone(sight, step, now), undecided(sight, step, now));
    }

    private static DirectoryFinding old(DirectorySight sight, Step.LeaveDirectory step, HostRef now) {
        var directory = sight.directory();
        return DirectoryFinding.stale(
                sight,
                step,
                "directory " + directory + " on " + step.at() + ", which the VM has left",
                () -> sight.isNoted(step.to())
                        && !sight.isKnown(step.at())
                        && (!sight.isInPlace(step.at()) || sight.areTwo(step.at(), now) && sight.goesOnAt(now)),
                run -> {
                    new Departure(directory, step.at(), now).complete(run);
                    sight.copies().forget(run.determinedCall(), directory, step.to());
                });
    }

    /** A person has removed the one at the target: the VM's is where it was. */
    private static DirectoryFinding alone(DirectorySight sight, Step.LeaveDirectory step, HostRef now) {
        return BroughtDirectories.note(
                sight,
                step,
                step.to(),
                () -> sight.isNoted(step.to()) && sight.isInPlace(step.at()) && !sight.isInPlace(now));
    }

    /**
     * The owner may have started the guest where it had left after all, while its new host was away. What it wrote there is in
     * the one on that host.
     */
    private static DirectoryFinding undecided(DirectorySight sight, Step.LeaveDirectory step, HostRef now) {
        return DirectoryFinding.twofold(
                sight,
                step,
                "on " + now + ", where the VM had gone, and on " + step.at() + ", where it may have been started again",
                () -> sight.isNoted(step.to()) && sight.areTwo(step.at(), now) && !sight.goesOnAt(now));
    }

    /** Set aside on a host that the VM has come back to since, with a newer one. */
    private static DirectoryFinding replaced(DirectorySight sight, Step.LeaveDirectory step) {
        var directory = sight.directory();
        return DirectoryFinding.stale(
                sight,
                step,
                "what was set aside of directory " + directory + " on " + step.at() + ", which the VM had left",
                () -> switch (sight.aside(step.at())) {
                    case REPLACED -> true;
                    case IN_PLACE, GONE -> sight.isNoted(step.to());
                    case ASIDE -> false; // nothing has its place: it may be all there is
                },
                run -> {
                    sight.asides().delete(run.determinedCall(), directory, step.at());
                    sight.copies().forget(run.determinedCall(), directory, step.to());
                });
    }
}
