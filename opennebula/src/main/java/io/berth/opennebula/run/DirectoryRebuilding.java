package io.berth.opennebula.run;

import io.berth.opennebula.message.VmPlace;
import io.berth.opennebula.shared.TransferDeed.RebuildDirectory;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.SshWay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds VMs' directories where their VMs go, and removes them where they come from. Whether the two hosts share the folder
 * needn't be known: the directory is built before the other one is removed, so that it is always somewhere, and once more
 * afterwards, so that it is there also if the two were one. Thread-safe for different VMs.
 */
final class DirectoryRebuilding {
    private static final StepOutcome DONE = new StepOutcome(true, "-");
    private static final String SHELL = "/bin/sh";
    private static final String ABSENT = "absent";
    private static final Pattern FILES = Pattern.compile(
            "files((?: (?:disk\\.\\d{1,9}|deployment\\.\\d{1,9}|vm\\.xml|ds\\.xml))*)\n([A-Za-z0-9+/=\n]*)");

    /** What a host looked at may write: the archive of files in base64. */
    private static final ScriptLimits LIMITS = new ScriptLimits(Optional.of(Duration.ofMinutes(2)), 8 << 20);

    private final SshWay ssh;

    DirectoryRebuilding(SshWay ssh) {
        this.ssh = ssh;
    }

    /**
     * What is in the directory beside links.
     *
     * @param names between blanks
     * @param archive of them, in base64
     */
    private record Files(String names, String archive) {
        private static final Files NONE = new Files("", "");
    }

    Brought rebuild(RebuildDirectory deed, RequestLog log) {
        var from = deed.from();
        var to = deed.to();
        for (var place : List.of(from, to)) {
            if (!OtherMachine.isName(place.host())) {
                return new Brought.NotPlaced(StepOutcome.failure("'" + place.host() + "' is no host's name"));
            }
        }
        var seen = run(from, RebuildScripts.LOOK, described(deed), "", log);
        if (!seen.success()) {
            return new Brought.NotPlaced(seen);
        }
        var isThere = !seen.info().strip().equals(ABSENT);
        var files = isThere ? files(seen.info()) : Optional.of(Files.NONE);
        if (files.isEmpty()) {
            return new Brought.NotPlaced(StepOutcome.failure(from.host() + " says something senseless"));
        }
        // The line of the drivers' own scripts.
        log.meant(new Complaint(
                "INFO: mv: Moving " + from.host() + ":" + from.path() + " to " + to.host() + ":" + to.path()));
        var built = build(deed, files.get(), log);
        if (!built.success()) {
            return isThere ? new Brought.NotPlaced(built) : new Brought.Untold(built);
        }
        return isThere ? leave(deed, files.get(), log) : new Brought.Placed(DONE);
    }

    private Brought leave(RebuildDirectory deed, Files files, RequestLog log) {
        var removed = run(deed.from(), RebuildScripts.REMOVE, described(deed), "", log);
        var rebuilt = build(deed, files, log);
        if (!rebuilt.success()) {
            rebuilt = build(deed, files, log); // a host that remembered the directory has just learned that it is gone
        }
        return removed.success() && rebuilt.success()
                ? new Brought.Placed(DONE)
                : new Brought.Untold(removed.success() ? rebuilt : removed);
    }

    private static Optional<Files> files(String told) {
        var match = FILES.matcher(told);
        return match.matches() ? Optional.of(new Files(match.group(1).strip(), match.group(2))) : Optional.empty();
    }

    private StepOutcome build(RebuildDirectory deed, Files files, RequestLog log) {
        var words = Stream.concat(Stream.of(files.names(), deed.isMarked() ? "marked" : ""), links(deed));
        return run(deed.to(), RebuildScripts.BUILD, words, files.archive(), log);
    }

    private static Stream<String> described(RebuildDirectory deed) {
        return Stream.concat(Stream.of(deed.contextDisk().orElse("")), links(deed));
    }

    private static Stream<String> links(RebuildDirectory deed) {
        return deed.links().entrySet().stream().flatMap(link -> Stream.of(link.getKey(), link.getValue()));
    }

    private StepOutcome run(VmPlace place, String script, Stream<String> more, String input, RequestLog log) {
        var words = Stream.concat(Stream.of("berth", place.directory()), more).toList();
        var call = ScriptCall.of(
                SHELL, Stream.concat(Stream.of("-c", script), words.stream()).toList(), input);
        var result = new OtherMachine(place.host(), ssh, LIMITS).run(call, log.cancellation());
        var shown = "ssh " + place.host() + " " + CommandText.escaped(SHELL, words);
        return Ended.plainly(result, SHELL, shown).told(shown, log).outcome();
    }
}
