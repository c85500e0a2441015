package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import io.berth.core.fleet.Fate;
import io.berth.core.fleet.FleetPlan;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.Left;
import io.berth.core.fleet.Move;
import io.berth.core.fleet.Way;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** VMs of a fleet, those that something is done with and those that are left. */
final class FleetListing {
    static final Listing<Row> LISTING = new Listing<>(
            List.of(
                    Column.of(
                            "NAME", "The VM's name.", row -> Cells.text(row.vm().name())),
                    Column.of(
                            "HOST",
                            "Where it is, or was last.",
                            row -> row.host().name()),
                    Column.of("WAY", "`suspend`, `resume`, `live`, `cold`, or `-`: nothing is done.", Row::word),
                    Column.of(
                            "TARGET",
                            "Where it goes.",
                            row -> row.move()
                                    .flatMap(Move::target)
                                    .map(HostRef::name)
                                    .orElse(Cells.NOTHING)),
                    Column.number("MEMORY", "About how much there is to move.", row -> Cells.size(row.memory())),
                    Column.number(
                            "AFTER",
                            "When it will be done, from the beginning; an estimate.",
                            row -> row.move()
                                    .flatMap(Move::doneAfter)
                                    .map(FleetListing::seconds)
                                    .orElse(Cells.NOTHING)),
                    Column.of(
                            "REMARK",
                            "Why nothing is done.",
                            row -> row.why()
                                    .map(why -> Cells.text(String.valueOf(why.getMessage())))
                                    .orElse(Cells.NOTHING))),
            7,
            List.of(
                    new JsonField<>("vm", "the VM's name", row -> row.vm().name()),
                    new JsonField<>(
                            "uuid", "the VM's identity", row -> row.vm().uuid().toString()),
                    new JsonField<>(
                            "host",
                            "where it is, or was last",
                            row -> row.host().name()),
                    new JsonField<>(
                            "way",
                            "`suspend`, `resume`, `live`, `cold`, or null: nothing is done",
                            row -> row.move().map(move -> word(move.way())).orElse(null)),
                    new JsonField<>(
                            "target",
                            "where it goes, or null",
                            row -> row.move()
                                    .flatMap(Move::target)
                                    .map(HostRef::name)
                                    .orElse(null)),
                    new JsonField<>(
                            "memory_bytes",
                            "about how much there is to move",
                            row -> row.memory().bytes()),
                    new JsonField<>(
                            "done_after_seconds",
                            "when it will be done, from the beginning, or null; an estimate",
                            row -> row.move()
                                    .flatMap(Move::doneAfter)
                                    .map(time -> time.toMillis() / 1e3)
                                    .orElse(null)),
                    new JsonField<>(
                            "end",
                            "`done`, `gone` (somebody else took care of it), `failed`, `refused`, `not_begun`, `left`;"
                                    + " null in a plan",
                            row -> row.end().orElse(null)),
                    new JsonField<>(
                            "operation",
                            "its id, or null",
                            row -> row.result()
                                    .map(result -> result.plan().operation().id())
                                    .orElse(null)),
                    new JsonField<>(
                            "exit_code",
                            "what this VM alone would end with",
                            row -> row.code().number()),
                    new JsonField<>(
                            "code",
                            "the failure's code, or null",
                            row -> row.why().map(Failure::code).orElse(null)),
                    new JsonField<>(
                            "message",
                            "the failure's text; empty without one",
                            row -> row.why()
                                    .map(why -> String.valueOf(why.getMessage()))
                                    .orElse(""))));

    private FleetListing() {}

    /**
     * One VM.
     *
     * @param end in lower case; empty in a plan
     * @param why nothing is done, or wasn't
     */
    record Row(
            VmRef vm,
            HostRef host,
            Optional<Move> move,
            Optional<String> end,
            Optional<RunResult> result,
            Optional<Failure> why,
            ExitCode code) {
        private String word() {
            return move.map(it -> FleetListing.word(it.way())).orElse(Cells.NOTHING);
        }

        private DataSize memory() {
            return move.map(Move::memory).orElse(DataSize.ZERO);
        }
    }

    static List<Row> rows(FleetPlan plan) {
        var rows = new ArrayList<Row>();
        plan.moves()
                .forEach(move -> rows.add(new Row(
                        move.vm(),
                        move.host(),
                        Optional.of(move),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ExitCode.DONE)));
        plan.left().forEach(left -> rows.add(row(left, Optional.empty())));
        return rows;
    }

    static List<Row> rows(FleetReport report) {
        var rows = new ArrayList<Row>();
        report.fates().forEach(fate -> rows.add(row(fate)));
        report.left().forEach(left -> rows.add(row(left, Optional.of("left"))));
        return rows;
    }

    private static Row row(Left left, Optional<String> end) {
        return new Row(
                left.vm(),
                left.host(),
                Optional.empty(),
                end,
                Optional.empty(),
                Optional.of(left.why()),
                ExitCode.of(left.why()));
    }

    private static Row row(Fate fate) {
        return new Row(
                fate.move().vm(),
                fate.move().host(),
                Optional.of(fate.move()),
                Optional.of(fate.end().name().toLowerCase(Locale.ROOT)),
                fate.result(),
                fate.why().or(() -> fate.result().flatMap(RunResult::failure)),
                code(fate));
    }

    private static ExitCode code(Fate fate) {
        return switch (fate.end()) {
            case DONE, FAILED -> fate.result().map(ExitCode::of).orElse(ExitCode.BUG);
            case GONE -> ExitCode.DONE;
            case REFUSED -> fate.why().map(ExitCode::of).orElse(ExitCode.BUG);
            case NOT_BEGUN -> ExitCode.CANCELLED;
        };
    }

    private static String word(Way way) {
        return switch (way) {
            case SUSPEND -> "suspend";
            case RESUME -> "resume";
            case MIGRATE_LIVE -> "live";
            case MIGRATE_COLD -> "cold";
        };
    }

    static String seconds(Duration time) {
        return Math.ceilDiv(time.toMillis(), 1000) + " s";
    }
}
