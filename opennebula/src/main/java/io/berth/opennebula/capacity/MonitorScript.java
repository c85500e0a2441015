package io.berth.opennebula.capacity;

import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.opennebula.action.ActionStep;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptEnding;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.ThisMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A storage driver's own script {@code monitor}.
 *
 * @param folder of the drivers' folders, {@code /var/lib/one/remotes/tm}
 */
record MonitorScript(Path folder) {
    /** Pools of many images take minutes. Enforced by ending the script; what it started on hosts goes on. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final ScriptLimits LIMITS = ScriptLimits.longest(LONGEST);

    /**
     * What it says of a datastore.
     *
     * @param payload the core's message, as it came
     * @throws Failure {@code capacity.no-script}, {@code capacity.script-failed} (ENVIRONMENT)
     */
    String run(String driver, int datastore, String payload) {
        var script = find(driver);
        var call = ScriptCall.of(script.toString(), List.of(Integer.toString(datastore)), payload);
        var result = new ThisMachine(LIMITS).run(call, Cancellation.never());
        if (!result.ending().equals(new ScriptEnding.Exited(0))) {
            throw failed(script, describe(result.ending()), result.complaint());
        }
        if (result.output().length() >= LIMITS.mostOutput()) {
            throw failed(script, "it said more than anyone reads", "");
        }
        return result.output();
    }

    private Path find(String driver) {
        return Optional.of(driver)
                .filter(ActionStep.Transfer::isName)
                .map(name -> folder.resolve(name).resolve(SystemDatastores.KEPT_SCRIPT))
                .filter(Files::isExecutable)
                .orElseThrow(() -> missing(Printable.line(driver)));
    }

    private static Failure missing(String driver) {
        return Failure.of(FailureKind.ENVIRONMENT, "capacity.no-script", "the room of the datastore can't be asked")
                .why("the storage driver '" + driver + "' has no script " + SystemDatastores.KEPT_SCRIPT)
                .next("'berth opennebula install --capacity DRIVER' shows what puts it there")
                .build();
    }

    private static String describe(ScriptEnding ending) {
        return switch (ending) {
            case ScriptEnding.Exited(var code) -> "it ended with code " + code;
            case ScriptEnding.Missing() -> "it is gone";
            case ScriptEnding.NotStarted(var why) -> "it couldn't be started: " + why;
            case ScriptEnding.TimedOut(var after) -> "it took longer than " + after.toMinutes() + " minutes";
            case ScriptEnding.NotReached _, ScriptEnding.ConnectionLost _, ScriptEnding.Stopped _ -> "it was ended";
        };
    }

    private static Failure failed(Path script, String why, String complaint) {
        return Failure.of(FailureKind.ENVIRONMENT, "capacity.script-failed", "the room of the datastore isn't known")
                .why(why)
                .next("run the script by hand; until it answers OpenNebula keeps what it knew")
                .command(script.toString())
                .output(complaint)
                .build();
    }
}
