package io.berth.core.operation;

import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.core.run.RunListener;
import io.berth.core.run.RunOptions;
import io.berth.core.run.StepRun;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.Progress;
import io.berth.driver.VmRef;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.DirectoryCopies;
import io.berth.driver.storage.VmDirectory;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds what operations have left of VM directories on hosts that were away when it was to be removed: copies that were
 * brought in vain, directories that a VM has left or that were to go with it, and what was written to find out who shares what. A host that doesn't
 * answer is left for the next time.
 */
final class DirectoryLeftovers {
    private static final int OPERATIONS = 1000;

    private final Wiring wiring;
    private final CheckpointFinder checkpoints;
    private final DirectoryHome home;

    DirectoryLeftovers(Wiring wiring) {
        this.wiring = wiring;
        this.checkpoints = new CheckpointFinder(wiring.drivers());
        this.home = new DirectoryHome(wiring.journal());
    }

    /** Something that may be left, how to see whether it is, and how to remove it. */
    private record Finding(
            OperationEntry entry,
            Step.OnHost step,
            String datastore,
            Leftover.Verdict verdict,
            String what,
            BooleanSupplier isSo,
            Consumer<StepRun> removal) {}

    void collect(boolean delete, Sweeping sweeping) {
        for (var entry : wiring.journal().history(Optional.empty(), OPERATIONS)) {
            if (!isBusy(entry.vm())) {
                findings(entry).forEach(finding -> collect(finding, delete, sweeping));
            }
        }
    }

    /**
     * Whether a host still has what the VM has left there, or got in vain.
     *
     * @throws Failure whatever a host fails with that would have to be asked
     */
    boolean isAnythingOf(VmRef vm) {
        return wiring.journal().history(Optional.of(vm.uuid()), OPERATIONS).stream()
                .flatMap(entry -> findings(entry).stream())
                .anyMatch(finding -> finding.isSo().getAsBoolean());
    }

    private List<Finding> findings(OperationEntry entry) {
        try {
            var steps = PlanCodec.read(entry.plan()).all().toList();
            var inVain = broughtInVain(entry, steps);
            return steps.stream()
                    .flatMap(step -> finding(entry, inVain, step).stream())
                    .filter(finding -> wiring.drivers()
                            .hosts()
                            .containsAll(finding.step().hosts().toList()))
                    .toList();
        } catch (Failure _) {
            return List.of(); // of another version: not this one's business
        }
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

    private Optional<Finding> finding(OperationEntry entry, Set<VmDirectory> inVain, Step step) {
        return switch (step) {
            case Step.FindSharing find ->
                entry.state() == OperationState.SUCCEEDED ? Optional.empty() : Optional.of(mark(entry, find));
            case Step.BringDirectory bring ->
                inVain.contains(bring.directory()) ? Optional.of(copy(entry, bring)) : Optional.empty();
            case Step.LeaveDirectory leave ->
                inVain.contains(leave.directory()) ? Optional.empty() : Optional.of(old(entry, leave));
            case Step.DeleteDirectory delete -> Optional.of(aside(entry, delete));
            default -> Optional.empty();
        };
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
                run -> wiring.handlers().of(step).undo(step, run));
    }

    /** Brought to a host that the guest didn't go on at after all. */
    private Finding copy(OperationEntry entry, Step.BringDirectory step) {
        return new Finding(
                entry,
                step,
                step.directory().datastore(),
                Leftover.Verdict.STALE_DIRECTORY,
                "what was brought of directory " + step.directory() + " to " + step.to(),
                () -> switch (state(entry, step.directory(), step.to())) {
                    case NONE -> false;
                    // Under a name of the operation's own: no guest has a disk in it, wherever the VM is by now.
                    case PARTIAL, WHOLE -> true;
                    case PLACED -> !isKnown(entry.vm(), step.to());
                },
                run -> wiring.handlers().of(step).undo(step, run));
    }

    /** Left on a host that was away, or whose guest's new host was, when it was to be removed. */
    private Finding old(OperationEntry entry, Step.LeaveDirectory planned) {
        // What was noted at the target was brought there: so they didn't share it.
        var step = new Step.LeaveDirectory(
                planned.name(), planned.directory(), planned.at(), planned.to(), Optional.empty());
        return new Finding(
                entry,
                step,
                step.directory().datastore(),
                Leftover.Verdict.STALE_DIRECTORY,
                "directory " + step.directory() + " on " + step.at() + ", which the VM has left",
                () -> state(entry, step.directory(), step.to()) == DirectoryCopies.State.PLACED
                        && !isKnown(entry.vm(), step.at()),
                run -> {
                    var _ = wiring.handlers().of(step).perform(step, run);
                });
    }

    /** Of a VM that was ended, on a host that went away between the renaming and the end of it. */
    private Finding aside(OperationEntry entry, Step.DeleteDirectory step) {
        return new Finding(
                entry,
                step,
                step.directory().datastore(),
                Leftover.Verdict.STALE_DIRECTORY,
                "what was set aside of directory " + step.directory() + " on " + step.at(),
                () -> wiring.drivers()
                        .storage(step.directory().datastore())
                        .directories()
                        .map(directories -> directories.asides().state(entry.id(), step.directory(), step.at()))
                        .filter(DirectoryAsides.State::isAside)
                        .isPresent(),
                run -> {
                    var _ = wiring.handlers().of(step).perform(step, run);
                });
    }

    private DirectoryCopies.State state(OperationEntry entry, VmDirectory directory, HostRef to) {
        return wiring.drivers()
                .storage(directory.datastore())
                .directories()
                .map(directories -> directories.copies().state(entry.id(), directory, to))
                .orElse(DirectoryCopies.State.NONE);
    }

    /** Whether the VM may be at home there, by now or again: then nothing there is touched. */
    private boolean isKnown(VmRef vm, HostRef host) {
        return wiring.drivers().hypervisor(host).find(host, vm.uuid()).isPresent()
                || checkpoints.unused(vm.uuid()).stream()
                        .flatMap(checkpoint -> checkpoint.record().stream())
                        .anyMatch(record -> home.of(record).equals(host));
    }

    private void collect(Finding finding, boolean delete, Sweeping sweeping) {
        try {
            if (!finding.isSo().getAsBoolean()) {
                return;
            }
            if (!delete) {
                sweeping.add(leftover(
                        finding, finding.verdict(), false, finding.what() + "; 'berth gc --delete' removes that"));
            } else if (remove(finding)) {
                sweeping.add(leftover(finding, finding.verdict(), true, finding.what() + "; removed"));
            }
        } catch (Failure failure) {
            if (failure.is("host.unreachable")) {
                sweeping.addSilent(failure);
            } else {
                sweeping.add(leftover(finding, Leftover.Verdict.UNREADABLE, false, failure.getMessage()));
            }
        }
    }

    /** Looks again under a lease of the operation that made it: that is what it is called after. */
    private boolean remove(Finding finding) {
        var vm = finding.entry().vm();
        var lease = wiring.journal().acquire(vm, wiring.owner(), finding.entry().id(), highestEpoch(finding) + 1);
        try {
            if (isBusy(vm) || !finding.isSo().getAsBoolean()) {
                return false;
            }
            finding.removal().accept(new StepRun(wiring.drivers(), lease, options(), wiring.pause()));
            return true;
        } finally {
            wiring.journal().release(lease);
        }
    }

    private long highestEpoch(Finding finding) {
        return finding.step()
                .hosts()
                .mapToLong(host -> wiring.drivers()
                        .guard()
                        .read(host, finding.entry().vm().uuid())
                        .epoch())
                .max()
                .orElse(0);
    }

    private RunOptions options() {
        return new RunOptions(
                Cancellation.never(), Progress.NONE, Set.of(), List.of(), wiring.clock(), RunListener.NONE);
    }

    private boolean isBusy(VmRef vm) {
        return !wiring.journal().open(vm.uuid()).isEmpty();
    }

    private static Leftover leftover(Finding finding, Leftover.Verdict verdict, boolean deleted, String remark) {
        var volume = new VolumeRef(
                finding.datastore(), VolumeNames.PREFIX + finding.entry().id());
        return new Leftover(volume, verdict, Optional.of(finding.entry().vm()), DataSize.ZERO, deleted, remark);
    }
}
