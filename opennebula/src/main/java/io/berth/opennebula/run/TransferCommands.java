package io.berth.opennebula.run;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VmDirectory;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.memory.EngineDirectories;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.shared.TransferDeed;
import io.berth.transport.script.SshWay;
import java.nio.file.Path;
import java.util.List;

/** Does what storage commands come to. Thread-safe. */
public final class TransferCommands {
    private static final StepOutcome DONE = new StepOutcome(true, "-");

    private final TransferScripts scripts;
    private final DirectoryRemoval removal;
    private final DiskMaking making;
    private final DiskBringing bringing;
    private final DirectoryRebuilding rebuilding;
    private final ContextMaking contexts;
    private final LocalMonitoring monitoring;
    private final EngineDirectories directories;

    /** @param ssh how hosts are reached for what needs no script */
    public TransferCommands(TransferScripts scripts, SshWay ssh, EngineDirectories directories) {
        this.scripts = scripts;
        this.removal = new DirectoryRemoval(ssh);
        this.making = new DiskMaking(ssh);
        this.bringing = new DiskBringing(ssh);
        this.rebuilding = new DirectoryRebuilding(ssh);
        this.contexts = new ContextMaking(ssh);
        this.monitoring = new LocalMonitoring(ssh);
        this.directories = directories;
    }

    /**
     * Does one, and waits for its end.
     *
     * @param command what was asked for
     * @param deed what that comes to
     * @param input of scripts
     */
    StepOutcome perform(TransferCommand command, TransferDeed deed, String input, RequestLog log) {
        return switch (deed) {
            case TransferDeed.Scripts(var commands) -> scripts(commands, input, log);
            case TransferDeed.Nothing() -> DONE;
            case TransferDeed.MoveDirectory move -> move(move, log);
            case TransferDeed.AfterSettling(var directory, var then) ->
                switch (directories.settle(directory.vm())) {
                    case Verdict.Done _ -> perform(command, then, input, log);
                    case Verdict.NotDone unsettled -> told(unsettled, log);
                };
            case TransferDeed.RemoveDirectory(var directory) ->
                orElseScript(removal.run(directory, log), command, input, log);
            case TransferDeed.MakeDisk disk -> orElseScript(making.make(disk, log), command, input, log);
            case TransferDeed.BringDisk disk -> brought(bringing.bring(disk, log), command, input, log);
            case TransferDeed.RebuildDirectory directory ->
                brought(rebuilding.rebuild(directory, log), command, input, log);
            case TransferDeed.MakeContext context -> orElseScript(contexts.make(context, log), command, input, log);
            case TransferDeed.Refused(var why) -> StepOutcome.failure(why.what() + ": " + why.why());
        };
    }

    private StepOutcome brought(Brought brought, TransferCommand command, String input, RequestLog log) {
        return switch (brought) {
            case Brought.Placed(var outcome) -> outcome;
            case Brought.NotPlaced(var why) -> orElseScript(why, command, input, log);
            case Brought.Untold(var why) -> why;
        };
    }

    /** No script stands in for it: it would remove what stands at the target, and then the source. */
    private StepOutcome move(TransferDeed.MoveDirectory move, RequestLog log) {
        var from = move.from();
        var to = move.to();
        // The line of the drivers' own scripts.
        log.meant(new Complaint(
                "INFO: mv: Moving " + from.host() + ":" + from.path() + " to " + to.host() + ":" + to.path()));
        try {
            directories.requireFolder(move.datastore(), Path.of(from.folder()));
            var directory = new VmDirectory(move.datastore(), Integer.toString(from.vm()));
            var verdict = directories.move(from.vm(), directory, new HostRef(from.host()), new HostRef(to.host()), log);
            if (verdict instanceof Verdict.Done) {
                move.measuredBy().ifPresent(driver -> monitoring.enable(to, driver, log));
            }
            return told(verdict, log);
        } catch (Failure unusable) {
            return told(new Verdict.NotDone(unusable), log);
        }
    }

    private static StepOutcome told(Verdict verdict, RequestLog log) {
        return switch (verdict) {
            case Verdict.Done(var remark) -> {
                if (!remark.isEmpty()) {
                    log.info(remark);
                }
                yield DONE;
            }
            case Verdict.NotDone(var why) -> {
                log.failure(why);
                yield StepOutcome.failure(Outgoing.Reply.reason(why));
            }
        };
    }

    /** The driver's own script tries for longer, and knows more ways. */
    private StepOutcome orElseScript(StepOutcome outcome, TransferCommand command, String input, RequestLog log) {
        return outcome.success() || log.cancellation().requested() ? outcome : scripts(List.of(command), input, log);
    }

    private StepOutcome scripts(List<TransferCommand> commands, String input, RequestLog log) {
        var outcome = DONE;
        for (var command : commands) {
            var one = scripts.run(command, input, log);
            if (log.cancellation().requested()) {
                return one;
            }
            outcome = outcome.success() ? one : outcome;
        }
        return outcome;
    }
}
