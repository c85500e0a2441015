package io.berth.opennebula.run;

import io.berth.opennebula.message.VmPlace;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.SshWay;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes disks of images on hosts. Either is done anew without harm. Thread-safe. */
public final class DiskMaking {
    private static final String SHELL = "/bin/sh";

    /** $1: the image, $2: the disk, a link to it. */
    private static final String LINK = """
            set -eu
            test -f "$1" || { echo "there is no image $1" >&2; exit 1; }
            mkdir -p -- "${2%/*}"
            ln -sfn -- "$1" "$2"
            """;

    /**
     * $1: the image, $2: the disk, a copy of it, $3: MiB it grows to, or 0. Made aside and moved into place: what stands
     * there may be a link, through which the image would be written. The last lines: the VM's directory is on a file system
     * whose space is the datastore's, not the host's.
     */
    private static final String COPY = """
            set -eu
            mkdir -p -- "${2%/*}"
            cp --reflink=auto --sparse=auto -- "$1" "$2.part"
            size=$(stat -c %s -- "$2.part")
            if [ "$size" -lt $(($3 * 1048576)) ]; then
              truncate -s "${3}M" -- "$2.part"
            fi
            mv -fT -- "$2.part" "$2"
            datastore=${2%/*}
            rm -f -- "${datastore%/*}/.monitor"
            """;

    private final SshWay ssh;

    public DiskMaking(SshWay ssh) {
        this.ssh = ssh;
    }

    StepOutcome link(String image, VmPlace disk, RequestLog log) {
        return run("ln: Linking", LINK, image, disk, Optional.empty(), log);
    }

    /** @param growsTo MiB */
    StepOutcome copy(String image, VmPlace disk, Optional<Long> growsTo, RequestLog log) {
        return run("clone: Cloning", COPY, image, disk, Optional.of(growsTo.orElse(0L)), log);
    }

    private StepOutcome run(
            String told, String script, String image, VmPlace disk, Optional<Long> size, RequestLog log) {
        if (!OtherMachine.isName(disk.host())) {
            return StepOutcome.failure("'" + disk.host() + "' is no host's name");
        }
        var path = disk.path();
        // The line of the drivers' own scripts.
        log.meant(new Complaint("INFO: " + told + " " + image + " in " + disk.host() + ":" + path));
        var words = Stream.concat(
                        Stream.of("-s", "--", image, path), size.stream().map(String::valueOf))
                .toList();
        var machine = new OtherMachine(disk.host(), ssh, ScriptLimits.none());
        var result = machine.run(ScriptCall.of(SHELL, words, script), log.cancellation());
        var shown = "ssh " + disk.host() + " " + CommandText.escaped(SHELL, List.copyOf(words));
        return Ended.plainly(result, SHELL, shown).told(shown, log).outcome();
    }
}
