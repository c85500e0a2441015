package io.berth.storage.hosts;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;

/** How a command ended on which host, and the failure that makes when it wasn't well. */
public record HostAnswer(HostRef host, HostCommand command, CommandResult result) {
    public static final int EXISTS = 17;
    public static final int NO_SPACE = 28;
    public static final int READ_ONLY = 30;

    public boolean succeeded() {
        return result.succeeded();
    }

    /** Whether the helper gave this word as the reason: its errors read {@code word: text}. */
    public boolean says(String word) {
        return result.errorOutput().lines().anyMatch(line -> line.startsWith(word + ":"));
    }

    /** What the helper said, without its word. */
    public String reason() {
        var line = result.errorOutput().lines().reduce((first, last) -> last).orElse("");
        return Printable.line(line.substring(line.indexOf(':') + 1).strip());
    }

    /**
     * The failure for an answer that has no better name.
     *
     * @param what the whole of what wasn't done, without a full stop
     */
    public Failure failure(String what) {
        return storage("storage.failed", what)
                .why("the command ended with exit code " + result.exitCode())
                .next("put right what the command's output says, then try again")
                .build();
    }

    public Failure.Builder storage(String code, String what) {
        return about(FailureKind.STORAGE, code, what);
    }

    public Failure.Builder about(FailureKind kind, String code, String what) {
        return Failure.of(kind, code, what)
                .host(host)
                .command(command.toString())
                .output(result.errorOutput());
    }
}
