package io.berth.hypervisor.script;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;

/**
 * How a script ended, and the failure that makes. The codes from 80 on are ones that programs and shells don't end with by
 * accident; any other one but 0 says nothing of what was done.
 */
record EndedScript(HostRef host, GuestFunction function, HostCommand command, CommandResult result) {
    private static final int NOT_DONE = 80;
    private static final int NO_ROOM = 81;

    boolean saysDone() {
        return result.succeeded();
    }

    /** What it printed. */
    String output(String what) {
        if (!saysDone()) {
            throw failure(what, FailureKind.HYPERVISOR);
        }
        if (result.truncated()) {
            throw unreadable(what, "it is longer than 1 MiB");
        }
        return result.output();
    }

    /** @param what wasn't done though it should be, without a full stop; the world was looked at */
    Failure notSo(String what) {
        return saysDone()
                ? about(FailureKind.HYPERVISOR, "script.untrue", what)
                        .why("the script '" + function.word() + "' says that it is done, but it isn't so")
                        .next("mend the script; docs/reference/script-hypervisor.md says what it has to do")
                        .build()
                : failure(what, FailureKind.UNKNOWN_OUTCOME);
    }

    /** @param unclear the kind of one that says nothing of what it did */
    private Failure failure(String what, FailureKind unclear) {
        if (isMissing()) {
            return about(FailureKind.ENVIRONMENT, "script.missing", what)
                    .why("there is no executable '" + function.word() + "' in the folder of scripts")
                    .next("put the hypervisor's scripts there on " + host.name() + ", executable for root")
                    .build();
        }
        return switch (result.exitCode()) {
            case NOT_DONE ->
                about(FailureKind.HYPERVISOR, "script.refused", what)
                        .why("the script '" + function.word() + "' says that it changed nothing" + reason())
                        .next("put right what it says, then try again")
                        .build();
            case NO_ROOM ->
                about(FailureKind.STORAGE, "device.full", what)
                        .why("the script '" + function.word() + "' says that there isn't room enough" + reason())
                        .next("give the checkpoint more room; the guest is as it was")
                        .build();
            default ->
                about(unclear, "script.unclear", what)
                        .why("the script '" + function.word() + "' ended with exit code " + result.exitCode()
                                + reason())
                        .next("put right what its output says, then try again; if an operation is open, run 'berth"
                                + " recover'")
                        .build();
        };
    }

    Failure unreadable(String what, String why) {
        return about(FailureKind.HYPERVISOR, "script.unreadable", what)
                .why("what the script '" + function.word() + "' printed can't be read: " + why)
                .next("mend the script; docs/reference/script-hypervisor.md says what it has to print")
                .build();
    }

    /** Scripts end so too, when a program of theirs is missing; env speaks before any script does. */
    private boolean isMissing() {
        return (result.exitCode() == 126 || result.exitCode() == 127)
                && result.errorOutput().startsWith("env: ");
    }

    private String reason() {
        var last = result.errorOutput().lines().reduce((before, line) -> line).orElse("");
        return last.isBlank() ? "" : ": " + Printable.line(last.strip());
    }

    private Failure.Builder about(FailureKind kind, String code, String what) {
        return Failure.of(kind, code, what)
                .host(host)
                .command(command.toString())
                .output(result.errorOutput());
    }
}
