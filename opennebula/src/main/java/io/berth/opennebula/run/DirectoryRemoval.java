package io.berth.opennebula.run;

import io.berth.opennebula.message.VmPlace;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.SshWay;
import java.util.List;

/** Removes VMs' directories on hosts. Thread-safe. */
final class DirectoryRemoval {
    private static final String PROGRAM = "/bin/rm";

    private final SshWay ssh;

    DirectoryRemoval(SshWay ssh) {
        this.ssh = ssh;
    }

    StepOutcome run(VmPlace directory, RequestLog log) {
        if (!OtherMachine.isName(directory.host())) {
            return StepOutcome.failure("'" + directory.host() + "' is no host's name");
        }
        // The line of the drivers' own scripts.
        log.meant(new Complaint("INFO: delete: Deleting " + directory.directory()));
        var arguments = List.of("-rf", "--one-file-system", "--", directory.directory());
        var machine = new OtherMachine(directory.host(), ssh, ScriptLimits.none());
        var result = machine.run(ScriptCall.of(PROGRAM, arguments, ""), log.cancellation());
        var shown = "ssh " + directory.host() + " " + CommandText.escaped(PROGRAM, arguments);
        return Ended.plainly(result, PROGRAM, shown).told(shown, log).outcome();
    }
}
