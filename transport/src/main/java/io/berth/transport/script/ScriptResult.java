package io.berth.transport.script;

/**
 * What became of a script.
 *
 * @param output its standard output, as far as it was kept; bytes that aren't UTF-8 show as U+FFFD
 * @param complaint its error output, likewise
 */
public record ScriptResult(ScriptEnding ending, String output, String complaint) {
    public boolean succeeded() {
        return ending instanceof ScriptEnding.Exited(var code) && code == 0;
    }
}
