package io.berth.opennebula.run;

import io.berth.opennebula.image.NativeDisks;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.shared.RebuiltDirectories;
import io.berth.opennebula.shared.SharedDirectories;
import java.util.List;
import java.util.Optional;

/** Answers the transfer manager's requests: one command after the other, up to the first that fails. Thread-safe. */
public final class TransferRequests {
    /** The only thing that the core asks a transfer manager for. */
    public static final String ACTION = "TRANSFER";

    private final NativeDisks disks;
    private final RebuiltDirectories rebuilt;
    private final SharedDirectories directories;
    private final TransferCommands transfers;

    /**
     * @param disks decide on disks that are made of images
     * @param rebuilt decide on directories that are built anew
     * @param directories decide what of the rest is left to scripts
     */
    public TransferRequests(
            NativeDisks disks, RebuiltDirectories rebuilt, SharedDirectories directories, TransferCommands transfers) {
        this.disks = disks;
        this.rebuilt = rebuilt;
        this.directories = directories;
        this.transfers = transfers;
    }

    /**
     * Does what is asked, and waits for its end.
     *
     * @return the answer; empty when the core took the request back meanwhile
     */
    public Optional<Outgoing.Reply> answer(List<TransferCommand> commands, RequestLog log) {
        for (var command : commands) {
            var deed = disks.deed(command).or(() -> rebuilt.deed(command)).orElseGet(() -> directories.deed(command));
            var outcome = transfers.perform(command, deed, "", log);
            if (log.cancellation().requested()) {
                return Optional.empty();
            }
            if (!outcome.success()) {
                return Optional.of(new Outgoing.Reply(ACTION, false, log.vm(), outcome.info()));
            }
        }
        return Optional.of(new Outgoing.Reply(ACTION, true, log.vm(), "-"));
    }
}
