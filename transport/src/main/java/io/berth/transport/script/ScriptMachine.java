package io.berth.transport.script;

import io.berth.driver.Cancellation;

/** A machine on which scripts run. Implementations are thread-safe. */
public interface ScriptMachine {
    /**
     * Runs the script and waits for its end. What goes wrong is told in the result, never thrown.
     *
     * @param cancellation ends the script when asked for
     */
    ScriptResult run(ScriptCall call, Cancellation cancellation);
}
