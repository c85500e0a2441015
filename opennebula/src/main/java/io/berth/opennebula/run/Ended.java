package io.berth.opennebula.run;

import io.berth.transport.script.ScriptEnding;
import io.berth.transport.script.ScriptResult;

/**
 * A script's end, and how the stock driver tells it: a number and the text of its error output.
 *
 * @param code 0 for success
 */
record Ended(ScriptEnding ending, int code, String output, Complaint complaint) {
    private static final int INTERNAL = 255;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    /** Of a script on a host; the end of its error output tells its code, or that the host couldn't be reached. */
    static Ended onHost(ScriptResult result, String host, String program) {
        var said = withNewline(result.complaint());
        var ending = result.ending();
        return switch (ending) {
            case ScriptEnding.Exited(var code) -> new Ended(ending, code, result.output(), said + "ExitCode: " + code);
            case ScriptEnding.Missing() ->
                new Ended(
                        ending,
                        NOT_FOUND,
                        "",
                        program + ": not found on host " + host + ", nor brought there with the remotes");
            case ScriptEnding.NotStarted(var why) -> new Ended(ending, INTERNAL, "", "Internal error " + why);
            case ScriptEnding.NotReached(var code) ->
                new Ended(ending, code == 0 ? INTERNAL : code, "", lost(said, code, host));
            case ScriptEnding.ConnectionLost(var code) ->
                new Ended(ending, code == 0 ? INTERNAL : code, result.output(), lost(said, code, host));
            case ScriptEnding.TimedOut(var _) -> new Ended(ending, -1, result.output(), said + "Timeout Error");
            case ScriptEnding.Stopped() -> new Ended(ending, -1, result.output(), said + "Stopped");
        };
    }

    private static String lost(String said, int code, String host) {
        return said + "ExitSSHCode: " + code + "\nError connecting to " + host;
    }

    /** Of a script on the front-end, or of a request that is a single script. */
    static Ended plainly(ScriptResult result, String program, String command) {
        var ending = result.ending();
        return switch (ending) {
            case ScriptEnding.Exited(var code) -> new Ended(ending, code, result.output(), result.complaint());
            case ScriptEnding.Missing() -> new Ended(ending, NOT_FOUND, "", program + ": not found");
            case ScriptEnding.NotStarted(var why) -> new Ended(ending, NOT_EXECUTABLE, "", why);
            case ScriptEnding.NotReached(var code) ->
                new Ended(ending, code == 0 ? INTERNAL : code, "", result.complaint());
            case ScriptEnding.ConnectionLost(var code) ->
                new Ended(ending, code == 0 ? INTERNAL : code, result.output(), result.complaint());
            case ScriptEnding.TimedOut(var _) ->
                new Ended(ending, INTERNAL, result.output(), "Timeout executing " + command);
            case ScriptEnding.Stopped() -> new Ended(ending, INTERNAL, result.output(), "Stopped");
        };
    }

    private Ended(ScriptEnding ending, int code, String output, String complaint) {
        this(ending, code, output, new Complaint(complaint));
    }

    StepOutcome outcome() {
        return code == 0
                ? new StepOutcome(true, output.isEmpty() ? "-" : output)
                : StepOutcome.failure(complaint.reason());
    }

    /**
     * Tells it in the VM's log as the stock driver does.
     *
     * @param command as the log spells it
     */
    Ended told(String command, RequestLog log) {
        if (code != 0) {
            log.info("Command execution failed (exit code: " + code + "): " + command);
            log.complaint(complaint);
        }
        log.meant(complaint);
        return this;
    }

    private static String withNewline(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }
}
