package io.berth.cli;

import io.berth.cli.output.JsonText;
import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanText;
import io.berth.driver.Failure;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs one operation on each of several things, one after the other, under the eyes of whoever sits there. */
final class OperationRun {
    private final Invocation invocation;
    private final String done;

    /** @param done what to say of it with {@code -v}: "suspended" */
    OperationRun(Invocation invocation, String done) {
        this.invocation = invocation;
        this.done = done;
    }

    /** What is done with one of them. */
    interface OnOne {
        Plan plan(String name);

        Report run(String name, Watch watch);
    }

    static OnOne of(Function<String, Plan> plan, BiFunction<String, Watch, Report> run) {
        return new OnOne() {
            @Override
            public Plan plan(String name) {
                return plan.apply(name);
            }

            @Override
            public Report run(String name, Watch watch) {
                return run.apply(name, watch);
            }
        };
    }

    ExitCode onEach(List<String> names, OnOne operation) {
        return invocation.has(Specs.DRY_RUN) ? plans(names, operation) : runs(names, operation);
    }

    private ExitCode plans(List<String> names, OnOne operation) {
        var session = invocation.session();
        var code = ExitCode.DONE;
        var json = new ArrayList<Object>();
        for (var name : names) {
            try {
                var plan = operation.plan(name);
                if (invocation.has(Specs.JSON)) {
                    json.add(Map.of("kind", plan.kind(), "vm", plan.vm().name(), "steps", PlanText.lines(plan)));
                } else {
                    session.output().println(plan.kind() + " of " + plan.vm() + ":");
                    PlanText.lines(plan).forEach(session.output()::println);
                }
            } catch (Failure failure) {
                session.complain(failure);
                code = code.then(ExitCode.of(failure));
            }
        }
        if (invocation.has(Specs.JSON)) {
            session.output().println(JsonText.of(json));
        }
        return code;
    }

    private ExitCode runs(List<String> names, OnOne operation) {
        var session = invocation.session();
        var code = ExitCode.DONE;
        var json = new ArrayList<Object>();
        try (var watcher = Watcher.of(session, !invocation.has(Specs.JSON))) {
            for (var name : names) {
                if (watcher.isCancelled()) {
                    return code.then(ExitCode.CANCELLED);
                }
                try {
                    var report = operation.run(name, watcher.watch());
                    watcher.finished();
                    json.add(RunPrinter.json(report));
                    RunPrinter.print(session, report, invocation.has(Specs.JSON) ? "" : done);
                    code = code.then(ExitCode.of(report.result()));
                } catch (Failure failure) {
                    watcher.finished();
                    json.add(refused(name, failure));
                    session.complain(failure);
                    code = code.then(ExitCode.of(failure));
                }
            }
        } finally {
            if (invocation.has(Specs.JSON)) {
                session.output().println(JsonText.of(json));
            }
        }
        return code;
    }

    private static Map<String, @Nullable Object> refused(String name, Failure failure) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("operation", null);
        object.put("vm", name);
        object.put("state", "refused");
        object.put("exit_code", ExitCode.of(failure).number());
        object.put("code", failure.code());
        object.put("message", failure.getMessage());
        return object;
    }
}
