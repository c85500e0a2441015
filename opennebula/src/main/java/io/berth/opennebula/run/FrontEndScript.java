package io.berth.opennebula.run;

import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.ThisMachine;
import java.util.List;
import java.util.regex.Pattern;

/** A script of storage or backup, which takes as long as it takes. */
record FrontEndScript(String program, List<String> arguments) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");

    FrontEndScript {
        arguments = List.copyOf(arguments);
    }

    /** Whether it is a driver's or a script's name that can't lead out of its folder. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    StepOutcome run(String input, RequestLog log) {
        var shown = CommandText.escaped(program, arguments);
        var machine = new ThisMachine(ScriptLimits.none());
        var result = machine.run(ScriptCall.of(program, arguments, input), log.cancellation());
        return Ended.plainly(result, program, shown).told(shown, log);
    }
}
