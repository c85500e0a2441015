package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import io.berth.core.operation.Leftover;
import io.berth.driver.VmRef;
import java.util.List;
import java.util.Locale;

/** {@code berth gc}. */
final class GarbageVerb {
    private static final String DELETE = "--delete";

    private GarbageVerb() {}

    static Verb verb() {
        return Verb.of("gc", "Report what nobody owns any more; delete what is safe to delete.", GarbageVerb::run)
                .details("", "A volume that may hold the only copy of a VM's memory is never deleted.")
                .options(ListOptions.all(Specs.flag(DELETE, "Delete what is safe to delete.")));
    }

    private static ExitCode run(Invocation invocation) {
        var found = invocation.session().engine().upkeep().collectGarbage(invocation.has(DELETE));
        ListCommand.print(invocation, listing(), found.items());
        invocation.session().tellSilent(found.silent());
        return ExitCode.DONE;
    }

    static Listing<Leftover> listing() {
        return new Listing<>(
                List.of(
                        Column.of(
                                "VOLUME",
                                "Where it is.",
                                leftover -> Cells.text(leftover.volume().toString())),
                        Column.of(
                                "WHAT",
                                "`consumed` (its VM was made), `abandoned` (never finished), `holds_an_image`, `unknown`,"
                                        + " `unreadable` (these three are never deleted).",
                                leftover -> leftover.verdict().name().toLowerCase(Locale.ROOT)),
                        Column.of(
                                "VM",
                                "Whose it was.",
                                leftover -> Cells.text(
                                        leftover.vm().map(VmRef::name).orElse(""))),
                        Column.number("SIZE", "What it takes of the storage.", leftover -> Cells.size(leftover.size())),
                        Column.of("GONE", "Whether it was deleted now.", leftover -> leftover.deleted() ? "yes" : "no"),
                        Column.of("REMARK", "What to do about it.", leftover -> Cells.text(leftover.remark()))),
                6,
                List.of(
                        new JsonField<>(
                                "volume",
                                "`DATASTORE:VOLUME`",
                                leftover -> leftover.volume().toString()),
                        new JsonField<>(
                                "what",
                                "as the column WHAT",
                                leftover -> leftover.verdict().name().toLowerCase(Locale.ROOT)),
                        new JsonField<>(
                                "vm",
                                "whose it was, or null",
                                leftover -> leftover.vm().map(VmRef::name).orElse(null)),
                        new JsonField<>(
                                "bytes",
                                "what it takes of the storage",
                                leftover -> leftover.size().bytes()),
                        new JsonField<>("deleted", "whether it was deleted now", Leftover::deleted),
                        new JsonField<>("remark", "for people", Leftover::remark)));
    }
}
