package io.berth.core.operation;

import io.berth.core.run.RunListener;
import io.berth.core.run.RunOptions;
import io.berth.core.run.StepRun;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.Progress;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks for what operations have left of VM directories on hosts that were away when it was to be removed, and removes it
 * where it is asked to. A host that doesn't answer is left for the next time. Of two directories that might both be the VM's
 * own none is removed: a person hears of them.
 */
final class DirectoryLeftovers {
    private static final int OPERATIONS = 1000;

    private final Wiring wiring;
    private final DirectoryFindings findings;

    DirectoryLeftovers(Wiring wiring) {
        this.wiring = wiring;
        this.findings = new DirectoryFindings(wiring);
    }

    void collect(boolean delete, Sweeping sweeping) {
        for (var entry : wiring.journal().history(Optional.empty(), OPERATIONS)) {
            if (!isBusy(entry.vm())) {
                findings.of(entry).forEach(finding -> collect(finding, delete, sweeping));
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
                .flatMap(entry -> findings.of(entry).stream())
                .anyMatch(finding -> finding.isSo().getAsBoolean());
    }

    private void collect(DirectoryFinding finding, boolean delete, Sweeping sweeping) {
        try {
            if (!finding.isSo().getAsBoolean()) {
                return;
            }
            var removal = finding.removal();
            if (removal.isEmpty()) {
                sweeping.add(leftover(finding, finding.verdict(), false, finding.what()));
            } else if (!delete) {
                sweeping.add(leftover(
                        finding, finding.verdict(), false, finding.what() + "; 'berth gc --delete' removes that"));
            } else if (remove(finding, removal.get())) {
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
    private boolean remove(DirectoryFinding finding, Consumer<StepRun> removal) {
        var vm = finding.entry().vm();
        var lease = wiring.journal().acquire(vm, wiring.owner(), finding.entry().id(), highestEpoch(finding) + 1);
        try {
            if (isBusy(vm) || !finding.isSo().getAsBoolean()) {
                return false;
            }
            removal.accept(new StepRun(wiring.drivers(), lease, options(), wiring.pause()));
            return true;
        } finally {
            wiring.journal().release(lease);
        }
    }

    private long highestEpoch(DirectoryFinding finding) {
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

    private static Leftover leftover(
            DirectoryFinding finding, Leftover.Verdict verdict, boolean deleted, String remark) {
        var volume = new VolumeRef(
                finding.datastore(), VolumeNames.PREFIX + finding.entry().id());
        return new Leftover(volume, verdict, Optional.of(finding.entry().vm()), DataSize.ZERO, deleted, remark);
    }
}
