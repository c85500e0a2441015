package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.host.HostCommand;
import java.nio.charset.StandardCharsets;

/** A helper's "code: text" for a command that it didn't start, as a failure. */
final class Refusal {
    private Refusal() {}

    static Failure failure(HostRef host, HostCommand command, byte[] payload) {
        var answer = new String(payload, StandardCharsets.UTF_8);
        var colon = answer.indexOf(": ");
        var code = colon < 0 ? answer : answer.substring(0, colon);
        var why = Printable.line(colon < 0 ? "" : answer.substring(colon + 2));
        return switch (code) {
            case "refused" ->
                GuardFailures.refused(host, why).command(command.toString()).build();
            case "busy" ->
                GuardFailures.busy(host, why).command(command.toString()).build();
            case "guard-broken" ->
                GuardFailures.broken(host, why).command(command.toString()).build();
            case "bad-request" ->
                Failure.of(FailureKind.BUG, "host.bad-command", "The host's helper doesn't understand a command")
                        .host(host)
                        .command(command.toString())
                        .why(why)
                        .build();
            default ->
                Failure.of(FailureKind.ENVIRONMENT, "host.no-process", "The host could not start a command")
                        .host(host)
                        .command(command.toString())
                        .why(why.isEmpty() ? code : why)
                        .next("look at the host's memory, processes and open files, then try again")
                        .build();
        };
    }
}
