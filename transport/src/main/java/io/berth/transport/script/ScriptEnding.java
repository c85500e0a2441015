package io.berth.transport.script;

import java.time.Duration;

/** How a script's run ended. Only {@link Exited} and {@link Missing} say what is true on the machine. */
public sealed interface ScriptEnding {
    /** The script ended by itself; a signal that killed it shows as the shell has it, 128 and its number. */
    record Exited(int code) implements ScriptEnding {}

    /** There is no such executable on that machine: nothing was run. */
    record Missing() implements ScriptEnding {}

    /** It couldn't be started at all. */
    record NotStarted(String why) implements ScriptEnding {}

    /** The machine couldn't be reached: nothing was run. */
    record NotReached(int sshCode) implements ScriptEnding {}

    /** The script began, and the connection was lost: it may have ended, go on, or have been killed. */
    record ConnectionLost(int sshCode) implements ScriptEnding {}

    /** It took longer than allowed and was told to end. */
    record TimedOut(Duration after) implements ScriptEnding {}

    /** Somebody asked to stop; it was told to end. */
    record Stopped() implements ScriptEnding {}
}
