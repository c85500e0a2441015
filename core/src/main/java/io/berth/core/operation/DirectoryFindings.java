package io.berth.core.operation;

import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.StepRun;
import io.berth.core.step.Departure;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.DirectoryCopies;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VmDirectory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an operation may have left of VM directories: copies that were brought in vain, directories that a VM has left or that
 * were to go with it, and what was written to find out who shares what.
 */
final class DirectoryFindings {
    private final Wiring wiring;
    private final CheckpointFinder checkpoints;
    private final DirectoryHome home;

    DirectoryFindings(Wiring wiring) {
        this.wiring = wiring;
        this.checkpoints = new CheckpointFinder(wiring.drivers(), wiring.fanout());
        this.home = new DirectoryHome(wiring.journal());
    }

    /**
     * Something that may be left, how to see whether it is, and how to remove it.
     *
     * @param removal empty when that is a person's to decide
     */
    record Finding(
            OperationEntry entry,
            Step.OnHost step,
            String datastore,
            Leftover.Verdict verdict,
            String what,
            BooleanSupplier isSo,
            Optional<Consumer<StepRun>> removal) {}

    /** Each is yet to be looked for; none of an operation whose plan is another version's. */
    List<Finding> of(OperationEntry entry) {
        try {
            var steps = PlanCodec.read(entry.plan()).all().toList();
            var inVain = broughtInVain(entry, steps);
            return steps.stream()
                    .flatMap(step -> of(entry, inVain, step))
                    .filter(finding -> wiring.drivers()
                            .hosts()
                            .containsAll(finding.step().hosts().toList()))
                    .filter(finding -> hasDirectories(finding.datastore()))
                    .toList();
        } catch (Failure _) {
            return List.of();
        }
    }

    /** Not one that isn't configured any more, or as something else. */
    private boolean hasDirectories(String datastore) {
        return Optional.ofNullable(wiring.drivers().datastores().get(datastore))
                .flatMap(StorageDriver::directories)
                .isPresent();
    }

    /**
     * Directories whose bringing was undone, or was to be. What became of the operation doesn't tell: one whose guest died
     * with its new host has failed too, and what that guest wrote last is at the target.
     */
    private Set<VmDirectory> broughtInVain(OperationEntry entry, List<Step> steps) {
        var brought = steps.stream()
                .filter(Step.BringDirectory.class::isInstance)
                .map(Step.BringDirectory.class::cast)
                .toList();
        if (brought.isEmpty()) {
            return Set.of();
        }
        var undone = wiring.journal().events(entry.id()).stream()
                .filter(event -> event.direction() == StepEvent.Direction.UNDO)
                .map(StepEvent::step)
                .collect(Collectors.toSet());
        return brought.stream()
                .filter(step -> undone.contains(step.name()))
                .map(Step.BringDirectory::directory)
                .collect(Collectors.toSet());
    }

    private Stream<Finding> of(OperationEntry entry, Set<VmDirectory> inVain, Step step) {
        return switch (step) {
            case Step.FindSharing find ->
                entry.state() == OperationState.SUCCEEDED ? Stream.empty() : Stream.of(mark(entry, find));
            case Step.BringDirectory bring ->
                inVain.contains(bring.directory())
                        ? inVain(
                                entry,
                                bring,
                                home.broughtSince(entry, bring.directory()).orElse(bring.at()))
                        : Stream.empty();
            case Step.LeaveDirectory leave -> inVain.contains(leave.directory()) ? Stream.empty() : left(entry, leave);
            case Step.DeleteDirectory delete -> Stream.of(aside(entry, delete));
            default -> Stream.empty();
        };
    }

    /** Something of a directory that nobody needs any more. */
    private static Finding stale(
            OperationEntry entry,
            Step.OnHost step,
            VmDirectory directory,
            String what,
            BooleanSupplier isSo,
            Consumer<StepRun> removal) {
        return new Finding(
                entry, step, directory.datastore(), Leftover.Verdict.STALE_DIRECTORY, what, isSo, Optional.of(removal));
    }

    private Finding mark(OperationEntry entry, Step.FindSharing step) {
        return new Finding(
                entry,
                step,
                step.datastore(),
                Leftover.Verdict.STALE_PROBE,
                "what was written to find out whether " + step.at() + " and " + step.to() + " share it",
                () -> step.hosts()
                        .anyMatch(host -> wiring.drivers()
                                .storage(step.datastore())
                                .directories()
                                .filter(directories ->
                                        directories.unfinishedProbes(host).contains(entry.id()))
                                .isPresent()),
                Optional.of(run -> wiring.handlers().of(step).undo(step, run)));
    }

    /** @param other where the VM's directory is if not in the copy's place: where it was brought from, or went to since */
    private Stream<Finding> inVain(OperationEntry entry, Step.BringDirectory step, HostRef other) {
        return Stream.concat(
                Stream.of(copy(entry, step, other)),
                astray(entry, step, step.directory(), other, step.to(), () -> mayBeNewer(entry, step)));
    }

    /** Brought to a host that the guest didn't go on at after all. */
    private Finding copy(OperationEntry entry, Step.BringDirectory step, HostRef other) {
        return stale(
                entry,
                step,
                step.directory(),
                "what was brought of directory " + step.directory() + " to " + step.to(),
                () -> switch (state(entry, step.directory(), step.to())) {
                    case NONE -> false;
                    // Under a name of the operation's own: no guest has a disk in it, wherever the VM is by now.
                    case PARTIAL, WHOLE -> true;
                    case PLACED -> !other.equals(step.to()) && !mayBeNewer(entry, step);
                },
                run -> wiring.handlers().of(step).undo(step, run));
    }

    /**
     * The VM was started on what was brought to a host, or may have been, while there is another directory of it. Which one
     * is newer nobody has written down: a person looks, and removes the other; then only the note is left.
     */
    private Stream<Finding> astray(
            OperationEntry entry,
            Step.OnHost step,
            VmDirectory directory,
            HostRef other,
            HostRef to,
            BooleanSupplier mayBeNewer) {
        BooleanSupplier isAstray = () -> isPlaced(entry, directory, to) && mayBeNewer.getAsBoolean();
        return Stream.of(
                note(entry, step, directory, to, () -> isAstray.getAsBoolean() && !areTwo(entry, directory, other, to)),
                new Finding(
                        entry,
                        step,
                        directory.datastore(),
                        Leftover.Verdict.TWO_DIRECTORIES,
                        "directory " + directory + " is on " + other
                                + " and, brought there by an operation that failed, on " + to
                                + ", where the VM may have run; look which one is newer, remove the other yourself",
                        () -> isAstray.getAsBoolean() && areTwo(entry, directory, other, to),
                        Optional.empty()));
    }

    /** That a directory is a copy: worth nothing once it is the only one, or gone. */
    private Finding note(
            OperationEntry entry, Step.OnHost step, VmDirectory directory, HostRef to, BooleanSupplier isSo) {
        return stale(
                entry,
                step,
                directory,
                "the note that directory " + directory + " on " + to + " is a copy",
                isSo,
                run -> copies(directory).forget(run.determinedCall(), directory, to));
    }

    /** Not while the VM's life goes on from where it was brought from. */
    private boolean mayBeNewer(OperationEntry entry, Step.BringDirectory step) {
        return hasLostMemory(entry) || isKnown(entry.vm(), step.to());
    }

    /** Then nothing tells where the guest has run last. */
    private boolean hasLostMemory(OperationEntry entry) {
        return wiring.journal().events(entry.id()).stream()
                .anyMatch(event -> new Outputs(event.outputs()).tellMemoryLost());
    }

    private Stream<Finding> left(OperationEntry entry, Step.LeaveDirectory step) {
        return home.broughtSince(entry, step.directory())
                .map(now -> since(entry, step, now))
                .orElseGet(() -> Stream.of(old(entry, step), alone(entry, step), undecided(entry, step)));
    }

    /** The VM's directory was brought to another host later. */
    private Stream<Finding> since(OperationEntry entry, Step.LeaveDirectory step, HostRef now) {
        if (now.equals(step.at())) {
            return Stream.of(replaced(entry, step));
        }
        return hasLostMemory(entry)
                ? astray(entry, step, step.directory(), now, step.to(), () -> true)
                : Stream.of(passedOn(entry, step, now));
    }

    /** Set aside on a host that the VM has come back to since, with a newer one. */
    private Finding replaced(OperationEntry entry, Step.LeaveDirectory step) {
        var directory = step.directory();
        return stale(
                entry,
                step,
                directory,
                "what was set aside of directory " + directory + " on " + step.at() + ", which the VM had left",
                () -> switch (asides(directory).state(entry.id(), directory, step.at())) {
                    case REPLACED -> true;
                    case IN_PLACE, GONE -> isNoted(entry, step);
                    case ASIDE -> false; // nothing has its place: it may be all there is
                },
                run -> {
                    asides(directory).delete(run.determinedCall(), directory, step.at());
                    copies(directory).forget(run.determinedCall(), directory, step.to());
                });
    }

    /** Left on a host by a VM that has gone on from its next one since. */
    private Finding passedOn(OperationEntry entry, Step.LeaveDirectory step, HostRef now) {
        var directory = step.directory();
        return stale(
                entry,
                step,
                directory,
                "directory " + directory + " on " + step.at() + ", which the VM has left",
                () -> isNoted(entry, step) && isInPlace(entry, directory, now) && !isKnown(entry.vm(), step.at()),
                run -> {
                    new Departure(directory, step.at(), now).complete(run);
                    copies(directory).forget(run.determinedCall(), directory, step.to());
                });
    }

    /** Left on a host that was away, or whose guest's new host was, when it was to be removed. */
    private Finding old(OperationEntry entry, Step.LeaveDirectory planned) {
        // What was noted at the target was brought there: so they didn't share it.
        var step = new Step.LeaveDirectory(
                planned.name(), planned.directory(), planned.at(), planned.to(), Optional.empty());
        return stale(
                entry,
                step,
                step.directory(),
                "directory " + step.directory() + " on " + step.at() + ", which the VM has left",
                () -> isNoted(entry, step)
                        && !isKnown(entry.vm(), step.at())
                        && (!areTwo(entry, step.directory(), step.at(), step.to()) || hasGoneOn(entry, step)),
                run -> {
                    var _ = wiring.handlers().of(step).perform(step, run);
                });
    }

    /** A person has removed the one at the target: the guest's is where it was. */
    private Finding alone(OperationEntry entry, Step.LeaveDirectory step) {
        return note(
                entry,
                step,
                step.directory(),
                step.to(),
                () -> isNoted(entry, step)
                        && isInPlace(entry, step.directory(), step.at())
                        && !isInPlace(entry, step.directory(), step.to()));
    }

    /**
     * Its owner may have started the guest where it had left after all, while its new host was away. What it wrote there is
     * in the one on that host.
     */
    private Finding undecided(OperationEntry entry, Step.LeaveDirectory step) {
        return new Finding(
                entry,
                step,
                step.directory().datastore(),
                Leftover.Verdict.TWO_DIRECTORIES,
                "directory " + step.directory() + " is on " + step.to() + ", where the VM had gone, and on " + step.at()
                        + ", where it may have been started again; look which one is newer, remove the other yourself",
                () -> isNoted(entry, step)
                        && areTwo(entry, step.directory(), step.at(), step.to())
                        && !hasGoneOn(entry, step),
                Optional.empty());
    }

    /** Where it was brought to: only then nobody can have gone on from the old one. */
    private boolean hasGoneOn(OperationEntry entry, Step.LeaveDirectory step) {
        return !hasLostMemory(entry) && isKnown(entry.vm(), step.to());
    }

    /** Of a VM that was ended, on a host that went away between the renaming and the end of it. */
    private Finding aside(OperationEntry entry, Step.DeleteDirectory step) {
        return stale(
                entry,
                step,
                step.directory(),
                "what was set aside of directory " + step.directory() + " on " + step.at(),
                () -> asides(step.directory())
                        .state(entry.id(), step.directory(), step.at())
                        .isAside(),
                run -> {
                    var _ = wiring.handlers().of(step).perform(step, run);
                });
    }

    private boolean isNoted(OperationEntry entry, Step.LeaveDirectory step) {
        return isPlaced(entry, step.directory(), step.to());
    }

    private boolean isPlaced(OperationEntry entry, VmDirectory directory, HostRef to) {
        return state(entry, directory, to) == DirectoryCopies.State.PLACED;
    }

    private boolean areTwo(OperationEntry entry, VmDirectory directory, HostRef one, HostRef other) {
        return !one.equals(other) && isInPlace(entry, directory, one) && isInPlace(entry, directory, other);
    }

    private boolean isInPlace(OperationEntry entry, VmDirectory directory, HostRef host) {
        return asides(directory).state(entry.id(), directory, host) == DirectoryAsides.State.IN_PLACE;
    }

    private DirectoryCopies.State state(OperationEntry entry, VmDirectory directory, HostRef to) {
        return copies(directory).state(entry.id(), directory, to);
    }

    private DirectoryCopies copies(VmDirectory directory) {
        return directories(directory).copies();
    }

    private DirectoryAsides asides(VmDirectory directory) {
        return directories(directory).asides();
    }

    private VmDirectories directories(VmDirectory directory) {
        return wiring.drivers()
                .storage(directory.datastore())
                .directories()
                .orElseThrow(() -> new IllegalStateException(directory + " is in no datastore of directories"));
    }

    /** Whether the VM may be at home there, by now or again: then nothing there is touched. */
    private boolean isKnown(VmRef vm, HostRef host) {
        return wiring.drivers().hypervisor(host).find(host, vm.uuid()).isPresent()
                || checkpoints.unused(vm.uuid()).stream()
                        .flatMap(checkpoint -> checkpoint.record().stream())
                        .anyMatch(record -> home.of(record).equals(host));
    }
}
