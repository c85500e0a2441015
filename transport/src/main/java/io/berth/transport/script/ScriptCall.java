package io.berth.transport.script;

import java.util.List;
import java.util.Optional;

/**
 * One run of a script.
 *
 * @param program absolute path on the machine where it runs
 * @param arguments exactly what it finds in its argument list; no shell takes them apart
 * @param input all of its standard input
 * @param outputFile where its standard output goes on that machine, instead of into {@link ScriptResult#output()}
 */
public record ScriptCall(String program, List<String> arguments, ScriptInput input, Optional<String> outputFile) {
    public ScriptCall {
        arguments = List.copyOf(arguments);
        if (!program.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute path: " + program);
        }
    }

    public static ScriptCall of(String program, List<String> arguments, String input) {
        return new ScriptCall(program, arguments, ScriptInput.text(input), Optional.empty());
    }
}
