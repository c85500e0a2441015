package io.berth.opennebula.run;

import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.ThisMachine;
import java.util.List;

/** A script of storage or backup, which takes as long as it takes. */
record FrontEndScript(String program, List<String> arguments) {
    FrontEndScript {
        arguments = List.copyOf(arguments);
    }

    StepOutcome run(String input, RequestLog log) {
        var shown = CommandText.escaped(program, arguments);
        var machine = new ThisMachine(ScriptLimits.none());
        var result = machine.run(ScriptCall.of(program, arguments, input), log.cancellation());
        return Ended.plainly(result, program, shown).told(shown, log).outcome();
    }
}
