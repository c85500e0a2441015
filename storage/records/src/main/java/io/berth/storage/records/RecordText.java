package io.berth.storage.records;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.VolumeRef;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A checkpoint's record as the text that a storage keeps. */
public final class RecordText {
    private static final String KIND = "berth-checkpoint";
    private static final String PURPOSE = "purpose";
    private static final String LOCAL_STATE = "local-state.";

    private RecordText() {}

    /** What became of the attempt to read one. */
    public sealed interface Reading {}

    public record Known(CheckpointRecord record) implements Reading {}

    /** Cut, changed, another volume's, or no record at all. */
    public record Unreadable() implements Reading {}

    public record NewerFormat(int format) implements Reading {}

    public static String encode(CheckpointRecord record) {
        if (record.format() != CheckpointRecord.FORMAT) {
            throw new IllegalArgumentException("can't write format " + record.format());
        }
        return new SealedLines(KIND, record.format(), values(record)).encode();
    }

    private static Map<String, String> values(CheckpointRecord record) {
        var values = new LinkedHashMap<String, String>();
        values.put("volume", record.volume().name());
        if (record.purpose() != CheckpointPurpose.SUSPEND) {
            // Left out where it was always so: the text of a suspended VM's record never changes.
            values.put(PURPOSE, record.purpose().word());
        }
        values.put("vm-uuid", record.vm().uuid().toString());
        values.put("vm-name", record.vm().name());
        values.put("source", record.source().name());
        values.put("operation", record.operation().id());
        values.put("epoch", Long.toString(record.epoch()));
        values.put("hypervisor", record.hypervisor());
        values.put("architecture", record.profile().architecture());
        values.put("machine", record.profile().machine());
        values.put("cpu", record.profile().cpu());
        values.put("emulator-version", record.profile().emulatorVersion());
        values.put("memory", Long.toString(record.profile().memory().bytes()));
        var position = 0;
        for (var path : record.profile().localState()) {
            values.put(LOCAL_STATE + position++, path);
        }
        values.put("definition", record.definition());
        record.persistentDefinition().ifPresent(definition -> values.put("persistent-definition", definition));
        values.put("owner-paused", Boolean.toString(record.ownerPaused()));
        values.put("image-length", Long.toString(record.imageLength().bytes()));
        values.put("digest", record.digest());
        record.imageDigest().ifPresent(digest -> values.put("image-digest", digest));
        values.put("source-released", Boolean.toString(record.sourceReleased()));
        values.put("created", record.created().toString());
        record.completed().ifPresent(at -> values.put("completed", at.toString()));
        return values;
    }

    /** Reads the record of that volume; anything that isn't exactly one is unreadable, never guessed. */
    public static Reading decode(VolumeRef volume, String text) {
        var lines = SealedLines.decode(text).filter(found -> found.kind().equals(KIND));
        if (lines.isEmpty()) {
            return new Unreadable();
        }
        if (lines.get().format() > CheckpointRecord.FORMAT) {
            return new NewerFormat(lines.get().format());
        }
        try {
            var record = record(volume, lines.get());
            var same = record.volume().equals(volume) && encode(record).equals(text);
            return same ? new Known(record) : new Unreadable();
        } catch (Failure | IllegalArgumentException | DateTimeParseException e) {
            return new Unreadable();
        }
    }

    private static CheckpointRecord record(VolumeRef volume, SealedLines lines) {
        var values = lines.values();
        return new CheckpointRecord(
                lines.format(),
                new VolumeRef(volume.datastore(), required(values, "volume")),
                purpose(values),
                new VmRef(UUID.fromString(required(values, "vm-uuid")), required(values, "vm-name")),
                new HostRef(required(values, "source")),
                new OperationId(required(values, "operation")),
                Long.parseLong(required(values, "epoch")),
                required(values, "hypervisor"),
                profile(values),
                required(values, "definition"),
                Optional.ofNullable(values.get("persistent-definition")),
                Boolean.parseBoolean(required(values, "owner-paused")),
                size(values, "image-length"),
                required(values, "digest"),
                Optional.ofNullable(values.get("image-digest")),
                Boolean.parseBoolean(required(values, "source-released")),
                Instant.parse(required(values, "created")),
                Optional.ofNullable(values.get("completed")).map(Instant::parse));
    }

    private static CheckpointPurpose purpose(Map<String, String> values) {
        var word = values.getOrDefault(PURPOSE, CheckpointPurpose.SUSPEND.word());
        return CheckpointPurpose.of(word).orElseThrow(() -> new IllegalArgumentException("no purpose " + word));
    }

    private static GuestProfile profile(Map<String, String> values) {
        var localState = new ArrayList<String>();
        for (var path = values.get(LOCAL_STATE + 0); path != null; path = values.get(LOCAL_STATE + localState.size())) {
            localState.add(path);
        }
        return new GuestProfile(
                required(values, "architecture"),
                required(values, "machine"),
                required(values, "cpu"),
                required(values, "emulator-version"),
                size(values, "memory"),
                localState);
    }

    private static DataSize size(Map<String, String> values, String key) {
        return new DataSize(Long.parseLong(required(values, key)));
    }

    private static String required(Map<String, String> values, String key) {
        var value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }
}
