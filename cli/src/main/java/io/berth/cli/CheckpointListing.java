package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import io.berth.cli.output.Style;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How checkpoints are listed. */
final class CheckpointListing {
    private CheckpointListing() {}

    static Listing<Entry> at(InstantSource clock) {
        return new Listing<>(
                List.of(
                        Column.of("NAME", "Its volume.", entry -> entry.volume().name()),
                        Column.of(
                                "DATASTORE",
                                "Where it lies.",
                                entry -> Cells.text(entry.volume().datastore())),
                        Column.of(
                                "VM",
                                "Whose memory it holds.",
                                known(record -> record.vm().name())),
                        Column.state(
                                "STAT",
                                "`allo` (the name is taken), `writ` (being written), `comp` (complete and unused),"
                                        + " `used` (a VM was made of it).",
                                entry -> state(entry.state()),
                                entry -> style(entry.state())),
                        Column.number(
                                "SIZE",
                                "Length of the image.",
                                entry -> entry.record()
                                        .map(record -> Cells.size(record.imageLength()))
                                        .orElse(Cells.NOTHING)),
                        Column.of(
                                "HOST",
                                "Where it was written.",
                                known(record -> record.source().name())),
                        Column.number(
                                "TIME",
                                "Its age.",
                                entry -> entry.record()
                                        .map(record -> Cells.age(record.created(), clock.instant()))
                                        .orElse(Cells.NOTHING)),
                        Column.of(
                                "UUID",
                                "The VM's identity.",
                                known(record -> record.vm().uuid().toString())),
                        Column.of(
                                "OPERATION",
                                "What made it.",
                                known(record -> record.operation().id()))),
                7,
                fields());
    }

    private static Function<Entry, String> known(Function<CheckpointRecord, String> value) {
        return entry -> Cells.text(entry.record().map(value).orElse(""));
    }

    private static JsonField<Entry> field(
            String name, String meaning, Function<CheckpointRecord, @Nullable Object> value) {
        return new JsonField<>(name, meaning, entry -> {
            var record = entry.record();
            return record.isPresent() ? value.apply(record.get()) : null;
        });
    }

    private static List<JsonField<Entry>> fields() {
        return List.of(
                new JsonField<>("name", "its volume", entry -> entry.volume().name()),
                new JsonField<>(
                        "datastore", "where it lies", entry -> entry.volume().datastore()),
                new JsonField<>(
                        "state",
                        "`allocated`, `writing`, `complete` or `consumed`",
                        entry -> entry.state().name().toLowerCase(Locale.ROOT)),
                new JsonField<>("generation", "counts from 1", Entry::generation),
                new JsonField<>(
                        "readable",
                        "whether its record could be read; the rest is null otherwise",
                        entry -> entry.record().isPresent()),
                field("vm", "the VM's name, as it is", record -> record.vm().name()),
                field("uuid", "the VM's identity", record -> record.vm().uuid().toString()),
                field("host", "where it was written", record -> record.source().name()),
                field("operation", "what made it", record -> record.operation().id()),
                field(
                        "purpose",
                        "what it was made for: `suspend`, `stop`, `migrate` or `rehearse` (`berth datastore check`)",
                        record -> record.purpose().word()),
                field(
                        "image_bytes",
                        "length of the image; 0 until complete",
                        record -> record.imageLength().bytes()),
                field("created", "ISO 8601 in UTC", record -> record.created().toString()),
                field(
                        "completed",
                        "ISO 8601 in UTC, or null",
                        record -> record.completed().map(Instant::toString).orElse(null)));
    }

    static String state(CheckpointState state) {
        return switch (state) {
            case ALLOCATED -> "allo";
            case WRITING -> "writ";
            case COMPLETE -> "comp";
            case CONSUMED -> "used";
        };
    }

    private static Style style(CheckpointState state) {
        return switch (state) {
            case COMPLETE -> Style.GOOD;
            case ALLOCATED, WRITING -> Style.WARNING;
            case CONSUMED -> Style.PLAIN;
        };
    }
}
