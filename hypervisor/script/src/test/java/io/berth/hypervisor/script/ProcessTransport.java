package io.berth.hypervisor.script;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Stands in for the way to hosts: each command is a process of this machine. The answer to one of them may be lost. */
final class ProcessTransport implements HostTransport {
    private final Hosts hosts;
    private final AtomicReference<String> lost = new AtomicReference<>("");

    ProcessTransport(Hosts hosts) {
        this.hosts = hosts;
    }

    /** Runs a command as that host would. */
    @FunctionalInterface
    interface Hosts {
        CommandResult run(HostRef host, List<String> argv, byte[] stdin);
    }

    /** The answer of the next run of that script is lost; it does its work. */
    void loseAnswerOf(GuestFunction script) {
        lost.set("/" + script.word());
    }

    @Override
    public CommandResult run(HostRef host, HostCommand command) {
        var result = hosts.run(host, command.argv(), command.stdin());
        var word = lost.get();
        if (!word.isEmpty() && command.argv().stream().anyMatch(argument -> argument.endsWith(word))) {
            lost.set("");
            throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.lost", "no answer")
                    .host(host)
                    .next("look what is there")
                    .build();
        }
        return result;
    }

    @Override
    public void close() {}
}
