package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;

/** How a command ended on which host, and the failure that makes when it wasn't well. */
public record HostAnswer(HostRef host, HostCommand command, CommandResult result) {
    static final int EXISTS = 17;
    static final int NO_SPACE = 28;
    static final int READ_ONLY = 30;

    public boolean succeeded() {
        return result.succeeded();
    }

    /** Whether the helper gave this word as the reason: its errors read {@code word: text}. */
    public boolean says(String word) {
        return result.errorOutput().lines().anyMatch(line -> line.startsWith(word + ":"));
    }

    /** What the helper said, without its word. */
    String reason() {
        var line = result.errorOutput().lines().reduce((first, last) -> last).orElse("");
        return Printable.line(line.substring(line.indexOf(':') + 1).strip());
    }

    /**
     * The failure for an answer that has no better name where it was asked.
     *
     * @param what the whole of what wasn't done, without a full stop
     */
    public Failure failure(String what, FolderSettings settings) {
        var folder = Printable.line(settings.folder());
        if (result.exitCode() == NO_SPACE) {
            return storage("storage.no-space", what)
                    .why("the file system of " + folder + " is full")
                    .next("free space there or choose another datastore, then try again")
                    .build();
        }
        if (result.exitCode() == READ_ONLY) {
            return storage("storage.read-only", what)
                    .why("the file system of " + folder + " is read-only there")
                    .next("find out why (dmesg), mount it for writing, then try again")
                    .build();
        }
        if (says("absent")) {
            return storage("storage.unreachable", what)
                    .why(folder + " isn't there: is it mounted?")
                    .next("mount the datastore on the host or correct its folder, then try again")
                    .build();
        }
        return storage("storage.failed", what)
                .why("the command ended with exit code " + result.exitCode())
                .next("put right what the command's output says, then try again")
                .build();
    }

    public Failure.Builder storage(String code, String what) {
        return about(FailureKind.STORAGE, code, what);
    }

    private Failure.Builder about(FailureKind kind, String code, String what) {
        return Failure.of(kind, code, what)
                .host(host)
                .command(command.toString())
                .output(result.errorOutput());
    }
}
