package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import io.berth.cli.output.Style;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** How VMs are listed. */
final class VmListing {
    private VmListing() {}

    static Listing<MachineView> at(InstantSource clock) {
        return new Listing<>(
                List.of(
                        Column.of(
                                "NAME",
                                "Its name.",
                                view -> Cells.text(view.vm().name())),
                        Column.state(
                                "STAT",
                                "`runn`, `paus`, `susp` (its memory is in a checkpoint), `stop` (so is its, and it has"
                                        + " given its host up), `shut`, `busy` (being saved, restored or migrated), `fail` (can't go on), `orph` (a process its hypervisor"
                                        + " denies).",
                                view -> state(view.state()),
                                view -> style(view.state())),
                        Column.of(
                                "HOST",
                                "Where it is, or was last.",
                                view -> view.host().name()),
                        Column.of(
                                "CHECKPOINT",
                                "The complete and unused one.",
                                view -> view.checkpoint()
                                        .map(VolumeRef::toString)
                                        .orElse(Cells.NOTHING)),
                        Column.number(
                                "TIME",
                                "How long it has been suspended.",
                                view -> view.since()
                                        .map(since -> Cells.age(since, clock.instant()))
                                        .orElse(Cells.NOTHING)),
                        Column.of(
                                "UUID",
                                "Its identity.",
                                view -> view.vm().uuid().toString()),
                        Column.of(
                                "REASON",
                                "The hypervisor's own word for the state.",
                                view -> Cells.text(view.reason()))),
                5,
                fields());
    }

    private static List<JsonField<MachineView>> fields() {
        return List.of(
                new JsonField<>("name", "its name, as it is", view -> view.vm().name()),
                new JsonField<>("uuid", "its identity", view -> view.vm().uuid().toString()),
                new JsonField<>(
                        "state",
                        "`running`, `paused`, `suspended`, `stopped`, `shut_off`, `orphaned`, `busy` or `broken`",
                        view -> view.state().name().toLowerCase(Locale.ROOT)),
                new JsonField<>(
                        "host", "where it is, or was last", view -> view.host().name()),
                new JsonField<>("reason", "the hypervisor's own word; may be empty", MachineView::reason),
                new JsonField<>(
                        "checkpoint",
                        "`DATASTORE:VOLUME` of the complete and unused one, or null",
                        view -> view.checkpoint().map(VolumeRef::toString).orElse(null)),
                new JsonField<>(
                        "since",
                        "when it was suspended, ISO 8601 in UTC, or null",
                        view -> view.since().map(Instant::toString).orElse(null)));
    }

    static String state(MachineState state) {
        return switch (state) {
            case RUNNING -> "runn";
            case PAUSED -> "paus";
            case SUSPENDED -> "susp";
            case STOPPED -> "stop";
            case SHUT_OFF -> "shut";
            case ORPHANED -> "orph";
            case BUSY -> "busy";
            case BROKEN -> "fail";
        };
    }

    private static Style style(MachineState state) {
        return switch (state) {
            case RUNNING -> Style.GOOD;
            case PAUSED, SUSPENDED, STOPPED, BUSY -> Style.WARNING;
            case ORPHANED, BROKEN -> Style.BAD;
            case SHUT_OFF -> Style.PLAIN;
        };
    }
}
