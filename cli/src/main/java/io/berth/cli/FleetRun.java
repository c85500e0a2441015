package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.JsonText;
import io.berth.cli.output.ListPrinter;
import io.berth.core.fleet.FleetPlan;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.Move;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.engine.Watch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does something with many VMs at once, under the eyes of whoever sits there; or shows what would be done. */
final class FleetRun {
    private final Invocation invocation;
    private final Session session;

    FleetRun(Invocation invocation) {
        this.invocation = invocation;
        this.session = invocation.session();
    }

    ExitCode of(Supplier<FleetPlan> look, Function<Watch, FleetReport> work) {
        var plan = look.get();
        if (invocation.has(Specs.DRY_RUN)) {
            show(plan);
            session.tellSilent(plan.silent());
            return code(FleetListing.rows(plan), plan.silent());
        }
        // Told before anything is begun: whoever reads it may still do something about those.
        plan.left()
                .forEach(left -> session.errors()
                        .println("berth: " + Cells.text(left.vm().name()) + " on " + left.host() + " stays: "
                                + Cells.text(String.valueOf(left.why().getMessage()))));
        try (var watcher = Watcher.ofFleet(session, plan.moves().size(), !invocation.has(Specs.JSON))) {
            var report = work.apply(watcher.watch());
            watcher.finished();
            return tell(report);
        }
    }

    private void show(FleetPlan plan) {
        var rows = FleetListing.rows(plan);
        if (invocation.has(Specs.JSON)) {
            session.output().println(JsonText.of(json(plan, rows)));
            return;
        }
        session.output().println(headline(plan));
        new ListPrinter(session.output(), true, session.terminal().output())
                .table(FleetListing.LISTING.columns(), rows);
    }

    private static String headline(FleetPlan plan) {
        var memory = plan.moves().stream().map(Move::memory).reduce(DataSize.ZERO, DataSize::plus);
        return plan.kind() + ": " + plan.moves().size() + " of "
                + (plan.moves().size() + plan.left().size()) + " VMs, " + memory
                + plan.takes()
                        .map(time -> ", about " + FleetListing.seconds(time))
                        .orElse("")
                + plan.pace()
                        .map(pace -> " at " + pace.perSecond() + "/s ("
                                + pace.source().name().toLowerCase(Locale.ROOT) + ")")
                        .orElse("");
    }

    private static Map<String, @Nullable Object> json(FleetPlan plan, List<FleetListing.Row> rows) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("kind", plan.kind());
        object.put("seconds", plan.takes().map(time -> time.toMillis() / 1e3).orElse(null));
        object.put(
                "bytes_per_second",
                plan.pace().map(pace -> pace.perSecond().bytes()).orElse(null));
        object.put(
                "pace",
                plan.pace()
                        .map(pace -> pace.source().name().toLowerCase(Locale.ROOT))
                        .orElse(null));
        object.put("vms", rows.stream().map(FleetListing.LISTING::json).toList());
        return object;
    }

    private ExitCode tell(FleetReport report) {
        var rows = FleetListing.rows(report);
        for (var row : rows) {
            if (row.code() != ExitCode.DONE) {
                session.errors()
                        .println(row.vm() + " on " + row.host() + ": "
                                + row.end().orElse("left").replace('_', ' ')
                                + row.result()
                                        .map(result ->
                                                ", operation " + result.plan().operation())
                                        .orElse(""));
                row.why().ifPresent(session::complain);
            }
        }
        session.tellSilent(report.silent());
        var done = rows.stream().filter(row -> row.code() == ExitCode.DONE).count();
        if (invocation.has(Specs.JSON)) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            object.put("kind", report.kind());
            object.put("seconds", report.took().toMillis() / 1e3);
            object.put("vms", rows.stream().map(FleetListing.LISTING::json).toList());
            session.output().println(JsonText.of(object));
        } else {
            session.explain(
                    report.kind() + ": " + done + " of " + rows.size() + " VMs in " + Cells.seconds(report.took()));
        }
        return code(rows, report.silent());
    }

    private static ExitCode code(List<FleetListing.Row> rows, List<Failure> silent) {
        var code = ExitCode.DONE;
        for (var row : rows) {
            code = code.then(row.code());
        }
        return silent.isEmpty() ? code : code.then(ExitCode.ENVIRONMENT);
    }
}
