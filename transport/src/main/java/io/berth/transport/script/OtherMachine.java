package io.berth.transport.script;

import io.berth.driver.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Runs scripts on a host through the site's ssh, as the user it logs in as. Thread-safe.
 *
 * <p>Whether connections are kept is the site's ssh configuration's business, as with OpenNebula's own drivers.
 */
public final class OtherMachine implements ScriptMachine {
    /** What ssh could take for an option or a shell for more than a word is no host's name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@%\\[\\]-]{0,254}");

    /** How long a host may take to pass on the wish to end. */
    private static final Duration TO_PASS_ON = Duration.ofSeconds(5);

    private final String host;
    private final SshWay way;
    private final ScriptLimits limits;

    /** @throws IllegalArgumentException if {@link #isName} says no */
    public OtherMachine(String host, SshWay way, ScriptLimits limits) {
        if (!isName(host)) {
            throw new IllegalArgumentException("not a host's name");
        }
        this.host = host;
        this.way = way;
        this.limits = limits;
    }

    /** Whether this can be a host's name in a command line. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public ScriptResult run(ScriptCall call, Cancellation cancellation) {
        try (var child = Child.start(way.argv(host), Optional.empty(), limits.mostOutput())) {
            return new Talk(child, RemoteTalk.random(), cancellation).hold(call);
        } catch (IOException problem) {
            return new ScriptResult(new ScriptEnding.NotStarted(String.valueOf(problem.getMessage())), "", "");
        }
    }

    /** One conversation with a shell on the host. */
    private final class Talk {
        private final Child child;
        private final RemoteTalk talk;
        private final Cancellation cancellation;
        private final Deadline deadline = Deadline.in(limits.longest());

        Talk(Child child, RemoteTalk talk, Cancellation cancellation) {
            this.child = child;
            this.talk = talk;
            this.cancellation = cancellation;
        }

        ScriptResult hold(ScriptCall call) {
            child.say(ScriptInput.text(talk.line(call)));
            // Shells that read ahead would swallow what is meant for the script: it is sent when the line was read.
            var wake = child.await(() -> begun().isPresent() || child.hasEnded(), deadline, cancellation);
            if (wake == Child.Wake.MET) {
                child.sayAllAndClose(call.input());
                wake = child.await(() -> ended() || child.hasEnded(), deadline, cancellation);
            }
            if (wake != Child.Wake.MET) {
                end();
            }
            if (!ended()) {
                child.hearOut();
            }
            return new ScriptResult(ending(wake), talk.between(child.output()), talk.between(child.complaint()));
        }

        private OptionalLong begun() {
            return talk.begun(child.complaint());
        }

        private boolean ended() {
            return talk.ended(child.outputTail(), child.complaintTail());
        }

        private ScriptEnding ending(Child.Wake wake) {
            // Whatever was wished for: when the script's own end arrived, that is what happened.
            if (talk.wasMissing(child.complaintTail())) {
                return new ScriptEnding.Missing();
            }
            var code = talk.code(child.complaintTail());
            if (wake == Child.Wake.MET && code.isPresent()) {
                return new ScriptEnding.Exited(code.getAsInt());
            }
            return switch (wake) {
                case MET ->
                    begun().isPresent()
                            ? new ScriptEnding.ConnectionLost(child.exitCode())
                            : new ScriptEnding.NotReached(child.exitCode());
                case STOPPED -> new ScriptEnding.Stopped();
                case LATE -> new ScriptEnding.TimedOut(limits.longest().orElseThrow());
            };
        }

        /** An ssh that is killed leaves what it started running: the host is asked to end that first. */
        private void end() {
            begun().ifPresent(shell -> {
                askHost(RemoteTalk.endLine(shell));
                child.await(this::ended, Deadline.in(TO_PASS_ON), Cancellation.never());
            });
            child.end();
        }
    }

    private void askHost(String line) {
        try (var asking = Child.start(way.argv(host), Optional.empty(), limits.mostOutput())) {
            asking.sayAllAndClose(ScriptInput.text(line));
            if (asking.await(asking::hasEnded, Deadline.in(TO_PASS_ON), Cancellation.never()) != Child.Wake.MET) {
                asking.end();
            }
        } catch (IOException problem) {
            // Nothing more can be done from here; the result says that the script was told to end, no more.
        }
    }
}
