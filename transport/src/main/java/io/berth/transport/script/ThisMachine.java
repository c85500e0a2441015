package io.berth.transport.script;

import io.berth.driver.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs scripts here, with this process's rights, environment and working folder. Thread-safe. */
public final class ThisMachine implements ScriptMachine {
    private final ScriptLimits limits;

    public ThisMachine(ScriptLimits limits) {
        this.limits = limits;
    }

    @Override
    public ScriptResult run(ScriptCall call, Cancellation cancellation) {
        var argv = new ArrayList<>(List.of(call.program()));
        argv.addAll(call.arguments());
        if (!Files.exists(Path.of(call.program()))) {
            return new ScriptResult(new ScriptEnding.Missing(), "", "");
        }
        try (var child = Child.start(argv, call.outputFile(), limits.mostOutput())) {
            child.sayAllAndClose(call.input());
            var wake = child.await(child::hasEnded, Deadline.in(limits.longest()), cancellation);
            if (wake != Child.Wake.MET) {
                child.end();
            }
            child.hearOut();
            return new ScriptResult(ending(wake, child), child.output(), child.complaint());
        } catch (IOException problem) {
            return new ScriptResult(new ScriptEnding.NotStarted(String.valueOf(problem.getMessage())), "", "");
        }
    }

    private ScriptEnding ending(Child.Wake wake, Child child) {
        return switch (wake) {
            case MET -> new ScriptEnding.Exited(child.exitCode());
            case STOPPED -> new ScriptEnding.Stopped();
            case LATE -> new ScriptEnding.TimedOut(limits.longest().orElseThrow());
        };
    }
}
