package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostGuard;
import io.berth.driver.host.HostTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The guard in the host's helper; {@code host-helper/src/guard.h} tells how it works. Its own commands don't pass it,
 * so they are sent as reading ones: raising and evicting may be repeated, and each is decided on the host. Thread-safe.
 */
public final class HelperGuard implements HostGuard {
    /** The helper itself gives up after 25 s. */
    private static final Duration EVICTION = Duration.ofSeconds(30);

    private final HelperCommand helper;

    public HelperGuard(HostTransport transport) {
        this.helper = new HelperCommand(transport);
    }

    @Override
    public State raise(HostRef host, FencingToken token) {
        var command = HelperCommand.reading(
                "guard-raise",
                token.vm().uuid().toString(),
                Long.toString(token.epoch()),
                token.operation().id());
        return parse(host, command, require(host, command));
    }

    @Override
    public void evict(HostRef host, FencingToken token) {
        var command = HelperCommand.reading("guard-evict", token.vm().uuid().toString(), Long.toString(token.epoch()))
                .withDeadline(EVICTION);
        require(host, command);
    }

    @Override
    public State read(HostRef host, UUID vm) {
        var command = HelperCommand.reading("guard-read", vm.toString());
        return parse(host, command, require(host, command));
    }

    private CommandResult require(HostRef host, HostCommand command) {
        var result = helper.run(host, command);
        return switch (result.exitCode()) {
            case 0 -> result;
            case HelperCommand.REFUSED ->
                throw GuardFailures.refused(host, HelperCommand.why(result))
                        .command(command.toString())
                        .build();
            case HelperCommand.BUSY ->
                throw GuardFailures.busy(host, HelperCommand.why(result))
                        .command(command.toString())
                        .build();
            default ->
                throw GuardFailures.broken(host, HelperCommand.why(result))
                        .command(command.toString())
                        .build();
        };
    }

    /** Lines "epoch N" and, when a command runs, "running EPOCH OPERATION". */
    private static State parse(HostRef host, HostCommand command, CommandResult result) {
        var epoch = 0L;
        Optional<OperationId> running = Optional.empty();
        for (var line : result.output().lines().toList()) {
            var words = line.split(" ", -1);
            if (words.length == 2 && words[0].equals("epoch")) {
                epoch = Long.parseLong(words[1]);
            } else if (words.length == 3 && words[0].equals("running")) {
                running = Optional.of(new OperationId(words[2]));
            } else {
                throw Failure.of(FailureKind.BUG, "guard.bad-answer", "The guard answered something unexpected")
                        .host(host)
                        .command(command.toString())
                        .output(result.output())
                        .build();
            }
        }
        return new State(epoch, running);
    }
}
