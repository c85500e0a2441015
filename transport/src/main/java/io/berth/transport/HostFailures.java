package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;

/** How commands under way can fail, and what to do about each. */
final class HostFailures {
    private static final String PROBE =
            "it may have been done: Berth looks before it goes on; 'berth recover' does so by hand";

    private HostFailures() {}

    static Failure lost(HostRef host, HostCommand command, String why, String errorOutput) {
        return unknown("host.lost", "The answer to a command was lost", host, command, errorOutput)
                .why(why)
                .build();
    }

    static Failure deadline(HostRef host, HostCommand command, String errorOutput) {
        return unknown("host.deadline", "A command took too long and was ended", host, command, errorOutput)
                .why("it had " + command.deadline().toSeconds() + " s")
                .build();
    }

    static Failure stalled(HostRef host, HostCommand command, String errorOutput) {
        return unknown("host.stalled", "A command made no progress and was ended", host, command, errorOutput)
                .why("it was silent for "
                        + command.stall().orElse(command.deadline()).toSeconds() + " s")
                .build();
    }

    static Failure stuck(HostRef host, HostCommand command, String errorOutput) {
        return unknown("host.deadline", "A cancelled command does not end", host, command, errorOutput)
                .why("it was told to stop, then killed, and still exists: it may wait for a disk")
                .build();
    }

    private static Failure.Builder unknown(
            String code, String what, HostRef host, HostCommand command, String errorOutput) {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, code, what)
                .host(host)
                .command(command.toString())
                .output(errorOutput)
                .next(PROBE);
    }

    static Failure cancelled(HostRef host, HostCommand command, String errorOutput) {
        return Failure.of(FailureKind.CANCELLED, "operation.cancelled", "The command was stopped as asked")
                .host(host)
                .command(command.toString())
                .output(errorOutput)
                .next("start the operation anew when you want it")
                .build();
    }

    /** Nothing was sent. */
    static Failure unreachable(HostRef host, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.unreachable", "The host can't be reached")
                .host(host)
                .why(why)
                .next("check that it is up and that 'ssh' to it works from here")
                .build();
    }
}
