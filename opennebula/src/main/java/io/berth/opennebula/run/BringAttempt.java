package io.berth.opennebula.run;

import io.berth.driver.Cancellation;
import io.berth.opennebula.shared.TransferDeed.BringDisk;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ProgramOutput;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptInput;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.SshWay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** One try to bring an image to a host, which keeps it apart from all others. Used by one thread. */
final class BringAttempt {
    private static final String SHELL = "/bin/sh";

    /** For a host to remove what it has received; not cut short by a core that takes its request back. */
    private static final Duration TO_DROP = Duration.ofSeconds(30);

    private final BringDisk deed;
    private final SshWay ssh;
    private final RequestLog log;
    private final String word = UUID.randomUUID().toString();

    BringAttempt(BringDisk deed, SshWay ssh, RequestLog log) {
        this.deed = deed;
        this.ssh = ssh;
        this.log = log;
    }

    /** The host has all of it, durable, under another name than the disk's. */
    StepOutcome receive() {
        var archive = archive();
        var grows = deed.growsTo().orElse(0L).toString();
        var outcome =
                run(ScriptLimits.none(), log.cancellation(), BringScripts.RECEIVE, archive, image(), form(), grows);
        if (!archive.complaint().isBlank()) {
            log.info(archive.complaint().strip());
        }
        return !outcome.success()
                        || archive.digest().equals(Optional.of(outcome.info().strip()))
                ? outcome
                : refused("what " + deed.disk().host() + " received of " + deed.image() + " isn't what was sent");
    }

    private StepOutcome refused(String why) {
        log.info(why);
        return StepOutcome.failure(why);
    }

    /** What was received becomes the disk. */
    StepOutcome place() {
        return run(ScriptLimits.none(), log.cancellation(), BringScripts.PLACE, ScriptInput.text(""), form());
    }

    /** What was received and isn't the disk yet never will be, if this succeeds. */
    StepOutcome drop() {
        return run(ScriptLimits.longest(TO_DROP), Cancellation.never(), BringScripts.DROP, ScriptInput.text(""));
    }

    private StepOutcome run(
            ScriptLimits limits, Cancellation cancellation, String script, ScriptInput input, String... more) {
        var host = deed.disk().host();
        var words = Stream.concat(Stream.of("berth", deed.disk().path(), word), Stream.of(more))
                .toList();
        var call = new ScriptCall(
                SHELL, Stream.concat(Stream.of("-c", script), words.stream()).toList(), input, Optional.empty());
        var result = new OtherMachine(host, ssh, limits).run(call, cancellation);
        var shown = "ssh " + host + " " + CommandText.escaped(SHELL, words);
        return Ended.plainly(result, SHELL, shown).told(shown, log).outcome();
    }

    /** Of the one file with its holes, or of what a link in its place leads to. */
    private ProgramOutput archive() {
        var folder = Objects.requireNonNull(Path.of(deed.image()).getParent());
        return new ProgramOutput(List.of(
                "tar", "--create", "--sparse", "--dereference", "--file=-", "--directory=" + folder, "--", image()));
    }

    /** Its name in the datastore and in the archive. */
    private String image() {
        return Objects.requireNonNull(Path.of(deed.image()).getFileName()).toString();
    }

    private String form() {
        return switch (deed.form()) {
            case RAW -> "raw";
            case QCOW2 -> "qcow2";
            case LAYER -> "layer";
        };
    }
}
