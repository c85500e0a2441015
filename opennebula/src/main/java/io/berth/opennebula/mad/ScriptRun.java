package io.berth.opennebula.mad;

import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.opennebula.action.MemoryScript;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.line.RequestReader;
import io.berth.opennebula.line.Severity;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.memory.Engines;
import io.berth.opennebula.memory.Waiting;
import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.message.ElementPath;
import io.berth.opennebula.run.RequestLog;
import io.berth.opennebula.run.VmmRequests;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * One call of a script in whose place Berth was called by OpenNebula's own driver. That driver takes the exit code for the
 * answer, and a failed save for "still running": so it ends when it is known what came of it, and not before.
 */
public final class ScriptRun {
    private static final ElementPath ID = ElementPath.of("VM/ID");

    private final VmmSettings settings;
    private final Engines engines;
    private final PrintStream complaints;
    private final Cancellation cancellation;

    /**
     * @param settings of a driver without local actions: the script that is replaced runs on its host
     * @param complaints what goes into the VM's log and, if it fails, the reason; OpenNebula reads it when the script has
     *     ended
     * @param cancellation stops what the engine does; it is still found out what came of it
     */
    public ScriptRun(VmmSettings settings, Engines engines, PrintStream complaints, Cancellation cancellation) {
        this.settings = settings;
        this.engines = engines;
        this.complaints = complaints;
        this.cancellation = cancellation;
    }

    /**
     * Does it, and waits until it is known what came of it.
     *
     * @param arguments of the script
     * @param input the core's message in base64
     * @return whether it was done; otherwise all is as before, and the reason has been told
     */
    public boolean run(MemoryScript script, List<String> arguments, InputStream input) {
        try {
            var message = DriverMessage.parse(payload(input));
            var vm = vm(message);
            script.requireToFit(arguments, message, vm);
            var reply = requests().inPlaceOf(script, message, log(vm), waiting(vm));
            if (!reply.success()) {
                say(reply);
            }
            return reply.success();
        } catch (Failure unusable) {
            say(Outgoing.Reply.refusal(script.request().name(), Outgoing.GLOBAL, unusable));
            return false;
        }
    }

    private void say(Outgoing line) {
        switch (line) {
            case Outgoing.Log log -> complaints.println(log.complaint());
            case Outgoing.Reply reply -> complaints.println(reply.complaint());
            case Outgoing.Ready() -> {
                return; // a script isn't waited for before its end
            }
        }
    }

    private static String payload(InputStream input) {
        try {
            var bytes = input.readNBytes(RequestReader.LONGEST + 1);
            if (bytes.length > RequestReader.LONGEST) {
                throw unreadable("it is longer than " + RequestReader.LONGEST + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException broken) {
            throw unreadable(String.valueOf(broken.getMessage()));
        }
    }

    private static Failure unreadable(String why) {
        return Failure.of(FailureKind.CALLER, "mad.script-input", "the core's message can't be read")
                .why(why)
                .next("let OpenNebula's driver call it: '-l save=tmsave,restore=tmrestore'")
                .build();
    }

    private static int vm(DriverMessage message) {
        return message.text(ID)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElseThrow(() -> unreadable("no VM's number is in it"));
    }

    private VmmRequests requests() {
        return new VmmRequests(settings.site(), settings.liveSnapshots(), new EngineMemory(engines));
    }

    private RequestLog log(int vm) {
        return new RequestLog(vm, this::say, Cancellation.never(), ScriptRun::pass);
    }

    private Waiting waiting(int vm) {
        return new Waiting() {
            @Override
            public Cancellation cancellation() {
                return cancellation;
            }

            @Override
            public void tell(String text) {
                say(new Outgoing.Log(Severity.WARNING, vm, text));
            }

            // Whoever wants it stopped does not know either what became of it.
            @Override
            public boolean rest(Duration time) {
                pass(time);
                return true;
            }
        };
    }

    private static void pass(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
