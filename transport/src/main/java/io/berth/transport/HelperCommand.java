package io.berth.transport;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.util.ArrayList;
import java.util.List;

/** Runs the helper's own commands and turns their exit codes into failures. */
final class HelperCommand {
    /** Exit codes, as {@code host-helper/src/report.h} has them. */
    static final int OCCUPIED = 17;

    static final int ABSENT = 20;
    static final int SHORT = 21;
    static final int FLUSH_LOST = 22;
    static final int NOT_A_DEVICE = 23;
    static final int REFUSED = 24;
    static final int BUSY = 26;
    static final int FULL = 28;
    static final int DENIED = 29;
    static final int READ_ONLY = 30;

    private final HostTransport transport;

    HelperCommand(HostTransport transport) {
        this.transport = transport;
    }

    static HostCommand reading(String... arguments) {
        return HostCommand.reading(argv(arguments));
    }

    static HostCommand changing(Call call, String... arguments) {
        return HostCommand.changing(call, argv(arguments));
    }

    private static String[] argv(String... arguments) {
        var argv = new ArrayList<String>();
        argv.add(HostCommand.HELPER);
        argv.addAll(List.of(arguments));
        return argv.toArray(String[]::new);
    }

    CommandResult run(HostRef host, HostCommand command) {
        return transport.run(host, command);
    }

    /** What a failed command's answer means wherever the caller has nothing more special to say. */
    static Failure failure(HostRef host, HostCommand command, CommandResult result, String what) {
        var about = switch (result.exitCode()) {
            case ABSENT ->
                Failure.of(FailureKind.ENVIRONMENT, "host.absent", what)
                        .next("check the path on the host, and that the storage is attached there");
            case NOT_A_DEVICE ->
                Failure.of(FailureKind.ENVIRONMENT, "host.not-a-device", what)
                        .next("see what is at that path on the host: a block device is expected there");
            case OCCUPIED ->
                Failure.of(FailureKind.CONFLICT, "host.exists", what)
                        .next("see who owns what is there; Berth doesn't touch it");
            case FULL ->
                Failure.of(FailureKind.STORAGE, "host.full", what).next("make room on that storage, then try again");
            case READ_ONLY ->
                Failure.of(FailureKind.STORAGE, "host.read-only", what)
                        .next("see why the storage is read-only (the host's kernel log tells), then try again");
            case DENIED ->
                Failure.of(FailureKind.ENVIRONMENT, "host.denied", what)
                        .next("run 'berth host add " + host + "' again, and see what forbids it to root there");
            case BUSY -> Failure.of(FailureKind.CONFLICT, "host.busy", what).next("see what uses it, then try again");
            default ->
                Failure.of(FailureKind.ENVIRONMENT, "host.failed", what)
                        .next("see the host's kernel log, then try again");
        };
        return about.host(host)
                .command(command.toString())
                .why(why(result))
                .output(result.errorOutput())
                .build();
    }

    /** The text of the helper's "code: text", without its code. */
    static String why(CommandResult result) {
        var line = result.errorOutput()
                .strip()
                .lines()
                .reduce((first, last) -> last)
                .orElse("it ended with exit code " + result.exitCode());
        var colon = line.indexOf(": ");
        return Printable.line(colon < 0 ? line : line.substring(colon + 2));
    }
}
