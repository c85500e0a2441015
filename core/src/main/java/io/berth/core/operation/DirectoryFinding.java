package io.berth.core.operation;

import io.berth.core.journal.OperationEntry;
import io.berth.core.plan.Step;
import io.berth.core.run.StepRun;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Something of a VM directory that an operation may have left, how to see whether it is, and how to remove it.
 *
 * @param isSo looks
 * @param removal empty when that is a person's to decide
 */
record DirectoryFinding(
        OperationEntry entry,
        Step.OnHost step,
        String datastore,
        Leftover.Verdict verdict,
        String what,
        BooleanSupplier isSo,
        Optional<Consumer<StepRun>> removal) {

    /** Something that nobody needs any more. */
    static DirectoryFinding stale(
            DirectorySight sight, Step.OnHost step, String what, BooleanSupplier isSo, Consumer<StepRun> removal) {
        return new DirectoryFinding(
                sight.entry(),
                step,
                sight.directory().datastore(),
                Leftover.Verdict.STALE_DIRECTORY,
                what,
                isSo,
                Optional.of(removal));
    }

    /**
     * One of two directories is the VM's, and which one nobody has written down: a person looks.
     *
     * @param where they are, and why either may be the newer one
     */
    static DirectoryFinding twofold(DirectorySight sight, Step.OnHost step, String where, BooleanSupplier isSo) {
        return new DirectoryFinding(
                sight.entry(),
                step,
                sight.directory().datastore(),
                Leftover.Verdict.TWO_DIRECTORIES,
                "directory " + sight.directory() + " is " + where
                        + "; look which one is newer, remove the other yourself",
                isSo,
                Optional.empty());
    }
}
