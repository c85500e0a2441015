package io.berth.opennebula.explain;

import io.berth.driver.Cancellation;
import io.berth.driver.Printable;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptEnding;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.ScriptMachine;
import io.berth.transport.script.ScriptResult;
import io.berth.transport.script.SshWay;
import io.berth.transport.script.ThisMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Looks at hosts as OpenNebula's own drivers reach them: through oneadmin's ssh, with no helper of Berth's there. The
 * script that looks changes nothing, and is given 30 s. Thread-safe.
 */
final class HostLook {
    /** Stands for the machine that OpenNebula's core runs on. */
    static final String FRONT_END = "front-end";

    private static final ScriptLimits LIMITS = ScriptLimits.longest(Duration.ofSeconds(30));
    private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9/_ -]");
    private static final String SCRIPT = script("look.sh");

    private final Function<String, ScriptMachine> machines;

    HostLook(Function<String, ScriptMachine> machines) {
        this.machines = machines;
    }

    /** @param way the site's ssh; its shell is {@code sh} or better */
    static HostLook through(SshWay way) {
        return new HostLook(
                host -> host.equals(FRONT_END) ? new ThisMachine(LIMITS) : new OtherMachine(host, way, LIMITS));
    }

    /** @param folder the VM's, on the system datastore */
    HostSight at(String host, String folder, String guest) {
        return at(host, folder, guest, "");
    }

    /** @param command how the command line begins of a script there; while that runs nothing is settled; may be empty */
    HostSight at(String host, String folder, String guest, String command) {
        if (!OtherMachine.isName(host)) {
            return HostSight.untold(host, "'" + Printable.line(host) + "' is no host's name");
        }
        var call = ScriptCall.of("/bin/sh", List.of("-s", "--", folder, guest, pattern(command)), SCRIPT);
        var result = machines.apply(host).run(call, Cancellation.never());
        return result.succeeded() ? SightText.read(host, result.output()) : HostSight.untold(host, why(result));
    }

    /**
     * For pgrep: what could mean anything to it stands for any character. Its first one is in brackets, or the shell that
     * looks would be found, whose own command line it stands in.
     */
    private static String pattern(String command) {
        var pattern = UNUSUAL.matcher(command).replaceAll(".");
        return pattern.isEmpty() ? "" : "[" + pattern.charAt(0) + "]" + pattern.substring(1);
    }

    static String why(ScriptResult result) {
        var how = switch (result.ending()) {
            case ScriptEnding.Exited(var code) -> "the look at it ended with " + code;
            case ScriptEnding.Missing() -> "it has no /bin/sh";
            case ScriptEnding.NotStarted(var reason) -> "ssh can't be started: " + reason;
            case ScriptEnding.NotReached(var code) -> "ssh ended with " + code;
            case ScriptEnding.ConnectionLost(var code) -> "the connection was lost, ssh ended with " + code;
            case ScriptEnding.TimedOut(var after) -> "no answer within " + after.toSeconds() + " s";
            case ScriptEnding.Stopped() -> "it was stopped";
        };
        var last =
                result.complaint().lines().reduce("", (first, second) -> second).strip();
        return Printable.line(last.isEmpty() ? how : how + ": " + last);
    }

    static String script(String name) {
        try (var in = Objects.requireNonNull(HostLook.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
