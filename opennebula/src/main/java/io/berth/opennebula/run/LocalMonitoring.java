package io.berth.opennebula.run;

import io.berth.opennebula.action.ActionStep;
import io.berth.opennebula.message.VmPlace;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.SshWay;
import java.time.Duration;
import java.util.List;

/**
 * Has a host measure the room of a datastore's folder of its own: OpenNebula's probe does it where a file {@code .monitor}
 * names the storage driver whose script measures. Thread-safe.
 */
final class LocalMonitoring {
    private static final String SHELL = "/bin/sh";

    /** $1: the datastore's folder, $2: the driver. */
    private static final String SCRIPT = """
            set -eu
            if [ "$(cat -- "$1/.monitor" 2>/dev/null)" != "$2" ]; then
              printf '%s\\n' "$2" >"$1/.monitor.part"
              mv -fT -- "$1/.monitor.part" "$1/.monitor"
            fi
            """;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final SshWay ssh;

    LocalMonitoring(SshWay ssh) {
        this.ssh = ssh;
    }

    /** Whatever comes of it: the VM's directory is where it is to be, and the next VM's arrival tries again. */
    void enable(VmPlace directory, String driver, RequestLog log) {
        if (!OtherMachine.isName(directory.host()) || !ActionStep.Transfer.isName(driver)) {
            return;
        }
        var words = List.of("-s", "--", directory.folder(), driver);
        var machine = new OtherMachine(directory.host(), ssh, ScriptLimits.longest(LONGEST));
        var result = machine.run(ScriptCall.of(SHELL, words, SCRIPT), log.cancellation());
        if (Ended.plainly(result, SHELL, SHELL).code() != 0) {
            log.tell("The room of " + directory.folder() + " on " + directory.host()
                    + " isn't measured: its file .monitor can't be written");
        }
    }
}
