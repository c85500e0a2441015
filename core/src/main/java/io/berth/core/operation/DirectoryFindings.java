package io.berth.core.operation;

import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VmDirectory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an operation may have left of VM directories: copies that were brought in vain, directories that a VM has left or that
 * were to go with it, and what was written to find out who shares what.
 */
final class DirectoryFindings {
    private final Wiring wiring;
    private final DirectoryHome home;
    private final BroughtDirectories brought;

    DirectoryFindings(Wiring wiring) {
        this.wiring = wiring;
        this.home = new DirectoryHome(wiring.journal());
        this.brought = new BroughtDirectories(wiring);
    }

    /** Each is yet to be looked for; none of an operation whose plan is another version's. */
    List<DirectoryFinding> of(OperationEntry entry) {
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

    private Stream<DirectoryFinding> of(OperationEntry entry, Set<VmDirectory> inVain, Step step) {
        return switch (step) {
            case Step.FindSharing find ->
                entry.state() == OperationState.SUCCEEDED ? Stream.empty() : Stream.of(mark(entry, find));
            case Step.BringDirectory bring ->
                inVain.contains(bring.directory())
                        ? brought.inVain(
                                sight(entry, bring.directory()),
                                bring,
                                home.broughtSince(entry, bring.directory()).orElse(bring.at()))
                        : Stream.empty();
            case Step.LeaveDirectory leave ->
                inVain.contains(leave.directory())
                        ? Stream.empty()
                        : LeftDirectories.of(
                                sight(entry, leave.directory()), leave, home.broughtSince(entry, leave.directory()));
            case Step.DeleteDirectory delete -> Stream.of(aside(sight(entry, delete.directory()), delete));
            default -> Stream.empty();
        };
    }

    private DirectorySight sight(OperationEntry entry, VmDirectory directory) {
        return new DirectorySight(wiring, entry, directory);
    }

    private DirectoryFinding mark(OperationEntry entry, Step.FindSharing step) {
        return new DirectoryFinding(
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

    /** Of a VM that was ended, on a host that went away between the renaming and the end of it. */
    private DirectoryFinding aside(DirectorySight sight, Step.DeleteDirectory step) {
        return DirectoryFinding.stale(
                sight,
                step,
                "what was set aside of directory " + step.directory() + " on " + step.at(),
                () -> sight.aside(step.at()).isAside(),
                run -> {
                    var _ = wiring.handlers().of(step).perform(step, run);
                });
    }
}
