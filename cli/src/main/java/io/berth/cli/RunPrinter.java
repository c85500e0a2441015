package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.JsonField;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how an operation went. */
final class RunPrinter {
    static final List<JsonField<Report>> FIELDS = List.of(
            new JsonField<>(
                    "operation",
                    "its id",
                    report -> report.result().plan().operation().id()),
            new JsonField<>(
                    "kind",
                    "`suspend`, `resume`, `stop`, `start`, `migrate`, `terminate`, `verify`, `adopt` or `delete-checkpoint`",
                    report -> report.result().plan().kind()),
            new JsonField<>(
                    "vm", "the VM's name", report -> report.result().plan().vm().name()),
            new JsonField<>(
                    "uuid",
                    "the VM's identity",
                    report -> report.result().plan().vm().uuid().toString()),
            new JsonField<>(
                    "state",
                    "`succeeded`, `succeeded_cleanup_pending`, `failed` (and undone) or `pending`",
                    report -> report.result().state().name().toLowerCase(Locale.ROOT)),
            new JsonField<>(
                    "memory_lost",
                    "whether the guest's memory is lost",
                    report -> report.result().memoryLost()),
            new JsonField<>(
                    "exit_code",
                    "what this operation alone would end with",
                    report -> ExitCode.of(report.result()).number()),
            new JsonField<>(
                    "code",
                    "the failure's code, or null",
                    report -> report.result().failure().map(Failure::code).orElse(null)),
            new JsonField<>(
                    "message",
                    "the failure's text; empty without one",
                    report -> report.result().message()),
            new JsonField<>(
                    "checkpoint",
                    "`DATASTORE:VOLUME`, or null",
                    report -> report.checkpoint().map(VolumeRef::toString).orElse(null)),
            new JsonField<>(
                    "directories",
                    "of a VM that was ended, each with `directory`, `host` and whether it is `kept`",
                    report -> EndedHomes.json(report.result().plan())),
            new JsonField<>(
                    "image_bytes",
                    "length of the memory image, or null",
                    report -> report.image().map(DataSize::bytes).orElse(null)),
            new JsonField<>(
                    "seconds",
                    "from the request to the answer",
                    report -> report.took().toNanos() / 1e9),
            new JsonField<>(
                    "steps", "each with `name` and `seconds`, in the order they were taken", RunPrinter::steps));

    private RunPrinter() {}

    static Map<String, @Nullable Object> json(Report report) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        FIELDS.forEach(field -> object.put(field.name(), field.value().apply(report)));
        return object;
    }

    private static List<Object> steps(Report report) {
        return report.steps().stream()
                .<Object>map(step ->
                        Map.of("name", step.step(), "seconds", step.took().toNanos() / 1e9))
                .toList();
    }

    /**
     * Silent on success, unless somebody wants to know, or has something of a VM's to look after that Berth doesn't any more.
     *
     * @param done what to say of a success with {@code -v}; empty: nothing
     */
    static void print(Session session, Report report, String done) {
        var result = report.result();
        result.failure().ifPresent(failure -> {
            session.errors().println(headline(result));
            session.complain(failure);
        });
        if (result.succeeded() && !done.isEmpty()) {
            session.explain(Cells.text(result.plan().vm().name()) + ": " + done + " in "
                    + Cells.seconds(report.took())
                    + report.image().map(size -> ", " + size).orElse("")
                    + report.checkpoint()
                            .map(volume -> ", checkpoint " + volume)
                            .orElse("")
                    + " (operation " + result.plan().operation() + ")");
        }
        if (result.succeeded()) {
            EndedHomes.kept(result.plan()).forEach(session.errors()::println);
        }
    }

    private static String headline(RunResult result) {
        var what = result.plan().kind() + " of " + result.plan().vm() + ", operation "
                + result.plan().operation() + ": ";
        if (result.memoryLost()) {
            return what + "MEMORY_LOST";
        }
        return what
                + switch (result.state()) {
                    case SUCCEEDED -> "done";
                    case SUCCEEDED_CLEANUP_PENDING -> "done, but something is left to tidy up";
                    case FAILED -> "not done, and undone";
                    case ACTIVE, PENDING -> "neither done nor undone; run 'berth recover'";
                };
    }
}
