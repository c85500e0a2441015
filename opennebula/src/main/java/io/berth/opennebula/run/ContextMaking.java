package io.berth.opennebula.run;

import io.berth.opennebula.shared.TransferDeed;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.SshWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * Gives VMs CDs with files for their contextualization. A CD gets its name when it is whole and durable. Thread-safe for
 * different VMs.
 */
final class ContextMaking {
    private static final StepOutcome DONE = new StepOutcome(true, "-");
    private static final String SHELL = "/bin/sh";

    /**
     * $1: where it is to be, $2: its length. The input is the CD in base64. What isn't a file of its own is another
     * driver's volume.
     */
    private static final String RECEIVE = """
            set -eu
            test ! -L "$1"
            mkdir -p -- "${1%/*}"
            trap 'rm -f -- "$1.part"' EXIT
            rm -f -- "$1.part"
            base64 -d >"$1.part"
            test "$(stat -c %s -- "$1.part")" -eq "$2"
            sync -- "$1.part"
            mv -fT -- "$1.part" "$1"
            """;

    /** More than that is the script's to bring: it isn't held in memory there. */
    private static final long LARGEST = 16 << 20;

    private static final ScriptLimits LIMITS = ScriptLimits.longest(Duration.ofMinutes(2));

    private final SshWay ssh;

    ContextMaking(SshWay ssh) {
        this.ssh = ssh;
    }

    /** A failure leaves what was there as it was. */
    StepOutcome make(TransferDeed.MakeContext deed, RequestLog log) {
        try {
            for (var file : deed.files()) {
                if (!Files.isRegularFile(file)) {
                    return StepOutcome.failure(file + " is no file");
                }
            }
            return switch (deed) {
                case TransferDeed.WriteContext write -> write(write, log);
                case TransferDeed.SendContext send -> send(send, log);
            };
        } catch (IOException problem) {
            return StepOutcome.failure(problem.getClass().getSimpleName() + ": " + problem.getMessage());
        }
    }

    private static StepOutcome write(TransferDeed.WriteContext deed, RequestLog log) throws IOException {
        var disk = Path.of(deed.disk().path());
        // A front-end that doesn't see the VM's directory may not share it after all.
        if (!Files.isDirectory(Path.of(deed.disk().directory()), LinkOption.NOFOLLOW_LINKS)) {
            return StepOutcome.failure(deed.disk().directory() + " is no directory here");
        }
        if (Files.isSymbolicLink(disk)) {
            return StepOutcome.failure(disk + " is no file of its own");
        }
        tell(deed, log);
        var part = Path.of(disk + ".part");
        Files.deleteIfExists(part);
        try {
            var outcome = ContextImage.write(deed.files(), part, log);
            if (outcome.success()) {
                Files.move(part, disk, StandardCopyOption.ATOMIC_MOVE);
            }
            return outcome.success() ? DONE : outcome;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private StepOutcome send(TransferDeed.SendContext deed, RequestLog log) throws IOException {
        if (!OtherMachine.isName(deed.disk().host())) {
            return StepOutcome.failure("'" + deed.disk().host() + "' is no host's name");
        }
        tell(deed, log);
        // Nobody else may read it: passwords are in it.
        var folder = Files.createTempDirectory("berth-context");
        var image = folder.resolve("image");
        try {
            var outcome = ContextImage.write(deed.files(), image, log);
            return outcome.success() ? send(image, deed, log) : outcome;
        } finally {
            Files.deleteIfExists(image);
            Files.delete(folder);
        }
    }

    private StepOutcome send(Path image, TransferDeed.SendContext deed, RequestLog log) throws IOException {
        if (Files.size(image) > LARGEST) {
            return StepOutcome.failure("the CD is larger than " + LARGEST + " bytes");
        }
        var content = Files.readAllBytes(image);
        var words = List.of("-c", RECEIVE, SHELL, deed.disk().path(), Integer.toString(content.length));
        var call = ScriptCall.of(SHELL, words, Base64.getEncoder().encodeToString(content));
        var host = deed.disk().host();
        var result = new OtherMachine(host, ssh, LIMITS).run(call, log.cancellation());
        var shown = "ssh " + host + " " + CommandText.escaped(SHELL, words.subList(2, words.size()));
        var outcome = Ended.plainly(result, SHELL, shown).told(shown, log).outcome();
        return outcome.success() ? DONE : outcome;
    }

    /** The line of the drivers' own scripts. */
    private static void tell(TransferDeed.MakeContext deed, RequestLog log) {
        log.meant(new Complaint("INFO: context: Generating context block device at "
                + deed.disk().host() + ":" + deed.disk().path()));
    }
}
