package io.berth.cli;

import io.berth.core.journal.OperationState;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;

/** How a command ends, for scripts. The numbers never change. */
enum ExitCode {
    DONE(0, "Done.", "nothing"),
    FAILED(
            1,
            "It failed and was undone, or the storage or the hypervisor refused. Everything is as it was before.",
            "read the message; try again when the reason is gone"),
    USAGE(2, "The command line, a name or the configuration makes no sense. Nothing was touched.", "correct it"),
    UNKNOWN(
            3,
            "It isn't known what became of it, or it can't be finished nor undone now: a host doesn't answer.",
            "run `berth recover` when the host answers again"),
    REFUSED(
            4,
            "Refused, because somebody else works on it or has changed it, or because it would do harm.",
            "read the message"),
    ENVIRONMENT(5, "A host, the network, the journal or permissions are in the way. Nothing was touched.", "mend it"),
    CANCELLED(6, "Cancelled: everything is as it was before.", "nothing"),
    BUG(9, "Berth itself is wrong.", "please report it, with the log"),
    CLEANUP_PENDING(
            10, "Done, but something that was made on the way is still to be removed.", "run `berth recover` later"),
    MEMORY_LOST(
            12,
            "The guest's memory is lost: the host that held the only copy died.",
            "start the guest anew from its disks");

    private final int number;
    private final String meaning;
    private final String next;

    ExitCode(int number, String meaning, String next) {
        this.number = number;
        this.meaning = meaning;
        this.next = next;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }

    /** What to do about it. */
    String next() {
        return next;
    }

    /** Of something that was refused before anything was touched, or that isn't an operation. */
    static ExitCode of(Failure failure) {
        return switch (failure.kind()) {
            case CALLER -> USAGE;
            case ENVIRONMENT -> ENVIRONMENT;
            case STORAGE, HYPERVISOR -> FAILED;
            case CONFLICT -> REFUSED;
            case CANCELLED -> CANCELLED;
            case UNKNOWN_OUTCOME -> UNKNOWN;
            case BUG -> BUG;
        };
    }

    /** Of an operation that was begun. */
    static ExitCode of(RunResult result) {
        if (result.memoryLost()) {
            return MEMORY_LOST;
        }
        return switch (result.state()) {
            case SUCCEEDED -> DONE;
            case SUCCEEDED_CLEANUP_PENDING -> CLEANUP_PENDING;
            case FAILED -> isCancelled(result) ? CANCELLED : FAILED;
            case ACTIVE, PENDING -> UNKNOWN;
        };
    }

    private static boolean isCancelled(RunResult result) {
        return result.failure()
                .filter(failure -> failure.kind() == FailureKind.CANCELLED)
                .isPresent();
    }

    static ExitCode of(OperationState state) {
        return switch (state) {
            case SUCCEEDED -> DONE;
            case SUCCEEDED_CLEANUP_PENDING -> CLEANUP_PENDING;
            case FAILED -> FAILED;
            case ACTIVE, PENDING -> UNKNOWN;
        };
    }

    /** Of several things, one after the other: the first that didn't go well. */
    ExitCode then(ExitCode next) {
        return this == DONE ? next : this;
    }
}
