package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import io.berth.cli.output.Style;
import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.OperationState;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** How operations are listed. */
final class OperationListing {
    private OperationListing() {}

    static Listing<OperationEntry> at(InstantSource clock) {
        return new Listing<>(
                List.of(
                        Column.of(
                                "ID",
                                "Its name; ids sort by time.",
                                entry -> entry.id().id()),
                        Column.of("KIND", "What was asked.", OperationEntry::kind),
                        Column.of(
                                "VM",
                                "The VM's name.",
                                entry -> Cells.text(entry.vm().name())),
                        Column.state(
                                "STAT",
                                "`actv` (its process works on it, or died), `done`, `tidy` (done, something is left to"
                                        + " remove), `fail` (not done, undone), `pend` (waits for `berth recover`).",
                                entry -> state(entry.state()),
                                entry -> style(entry.state())),
                        Column.number(
                                "TIME", "How long ago it began.", entry -> Cells.age(entry.begun(), clock.instant())),
                        Column.of("MESSAGE", "The failure, or what is left.", entry -> Cells.text(entry.message())),
                        Column.of(
                                "UUID",
                                "The VM's identity.",
                                entry -> entry.vm().uuid().toString())),
                6,
                fields());
    }

    private static List<JsonField<OperationEntry>> fields() {
        return List.of(
                new JsonField<>("id", "its name", entry -> entry.id().id()),
                new JsonField<>(
                        "kind",
                        "`suspend`, `resume`, `stop`, `start`, `migrate`, `terminate`, `verify`, `adopt` or `delete-checkpoint`",
                        OperationEntry::kind),
                new JsonField<>(
                        "vm", "the VM's name, as it is", entry -> entry.vm().name()),
                new JsonField<>(
                        "uuid", "the VM's identity", entry -> entry.vm().uuid().toString()),
                new JsonField<>(
                        "state",
                        "`active`, `succeeded`, `succeeded_cleanup_pending`, `failed` or `pending`",
                        entry -> entry.state().name().toLowerCase(Locale.ROOT)),
                new JsonField<>("message", "the failure, or what is left; may be empty", OperationEntry::message),
                new JsonField<>(
                        "begun", "ISO 8601 in UTC", entry -> entry.begun().toString()),
                new JsonField<>(
                        "changed", "ISO 8601 in UTC", entry -> entry.changed().toString()));
    }

    static String state(OperationState state) {
        return switch (state) {
            case ACTIVE -> "actv";
            case SUCCEEDED -> "done";
            case SUCCEEDED_CLEANUP_PENDING -> "tidy";
            case FAILED -> "fail";
            case PENDING -> "pend";
        };
    }

    private static Style style(OperationState state) {
        return switch (state) {
            case SUCCEEDED -> Style.GOOD;
            case ACTIVE, SUCCEEDED_CLEANUP_PENDING -> Style.WARNING;
            case FAILED, PENDING -> Style.BAD;
        };
    }
}
