package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.JsonText;
import io.berth.core.journal.OperationEntry;
import io.berth.core.operation.Recovered;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code berth recover}. */
final class RecoverVerb {
    private static final String REBUILD = "--rebuild";

    private RecoverVerb() {}

    static Verb verb() {
        return Verb.of("recover", "Finish or undo what a dead process left behind.", RecoverVerb::run)
                .details("", "Operations of living processes are left alone. Whatever isn't known is looked at first.")
                .options(
                        Specs.hostIsDead(),
                        Specs.flag(
                                REBUILD, "The journal was lost: first write it anew from what storage and hosts say."),
                        Specs.dryRun(),
                        Specs.json());
    }

    private static ExitCode run(Invocation invocation) {
        var session = invocation.session();
        var upkeep = session.engine().upkeep();
        if (invocation.has(Specs.DRY_RUN)) {
            upkeep.unfinished()
                    .forEach(entry -> session.output()
                            .println(line(entry) + ": " + entry.state() + ", " + Cells.text(entry.message())));
            return ExitCode.DONE;
        }
        if (invocation.has(REBUILD)) {
            upkeep.rebuild().forEach(what -> session.explain("put back: " + Cells.text(what)));
        }
        try (var watcher = Watcher.of(session, !invocation.has(Specs.JSON))) {
            var recovered = upkeep.recover(invocation.hosts(Specs.HOST_IS_DEAD), watcher.watch());
            watcher.finished();
            if (invocation.has(Specs.JSON)) {
                session.output()
                        .println(JsonText.of(
                                recovered.stream().map(RecoverVerb::json).toList()));
            }
            var code = ExitCode.DONE;
            for (var each : recovered) {
                code = code.then(judge(session, each, invocation.has(Specs.JSON)));
            }
            return code;
        }
    }

    /** An operation that was undone was recovered well, whatever it had wanted. */
    private static ExitCode judge(Session session, Recovered recovered, boolean silent) {
        var what = line(recovered.operation());
        if (recovered.obstacle().isPresent()) {
            session.errors().println(what + ": left alone");
            session.complain(recovered.obstacle().get());
            return ExitCode.of(recovered.obstacle().get());
        }
        var result = recovered.result().orElseThrow();
        if (result.memoryLost()) {
            session.errors().println(what + ": MEMORY_LOST");
            result.failure().ifPresent(session::complain);
            return ExitCode.MEMORY_LOST;
        }
        return switch (result.state()) {
            case SUCCEEDED, FAILED -> {
                if (!silent) {
                    session.output().println(what + ": " + outcome(result));
                }
                yield ExitCode.DONE;
            }
            case SUCCEEDED_CLEANUP_PENDING, ACTIVE, PENDING -> {
                session.errors().println(what + ": still " + result.state());
                result.failure().ifPresent(session::complain);
                yield ExitCode.of(result);
            }
        };
    }

    private static String outcome(RunResult result) {
        return result.succeeded() ? "finished" : "undone";
    }

    private static String line(OperationEntry entry) {
        return entry.id() + " " + entry.kind() + " of " + entry.vm();
    }

    private static Map<String, @Nullable Object> json(Recovered recovered) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("operation", recovered.operation().id().id());
        object.put("kind", recovered.operation().kind());
        object.put("vm", recovered.operation().vm().name());
        object.put("uuid", recovered.operation().vm().uuid().toString());
        object.put(
                "state",
                recovered
                        .result()
                        .map(result -> result.state().name().toLowerCase(Locale.ROOT))
                        .orElse("left_alone"));
        object.put("memory_lost", recovered.result().map(RunResult::memoryLost).orElse(false));
        var failure = recovered.obstacle().or(() -> recovered.result().flatMap(RunResult::failure));
        object.put("code", failure.map(Failure::code).orElse(null));
        object.put("message", failure.map(Failure::getMessage).orElse(""));
        return object;
    }
}
