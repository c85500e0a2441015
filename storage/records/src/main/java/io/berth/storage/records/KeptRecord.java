package io.berth.storage.records;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.VolumeRef;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A checkpoint's record as a storage keeps it, with what makes it refused. */
public final class KeptRecord {
    /** What a command's output holds; a longer record could be written but never read. */
    private static final int LONGEST = 1 << 20;

    private KeptRecord() {}

    /** @throws Failure {@code checkpoint.record-too-long} (CALLER) */
    public static byte[] encode(CheckpointRecord record) {
        var text = RecordText.encode(record).getBytes(StandardCharsets.UTF_8);
        if (text.length > LONGEST) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "checkpoint.record-too-long",
                            "the record of " + record.volume() + " has " + text.length + " bytes")
                    .why("the guest's definition is too long to be read back from the storage")
                    .next("take what isn't needed (metadata) out of the definition of " + record.vm())
                    .build();
        }
        return text;
    }

    /**
     * @param refuseNewer whoever asks for this one checkpoint means to act on it; in a list it just lacks its record
     * @return empty when it can't be read
     * @throws Failure {@code checkpoint.newer-format} (STORAGE) when a later Berth wrote it
     */
    public static Optional<CheckpointRecord> decode(VolumeRef volume, String text, boolean refuseNewer) {
        return switch (RecordText.decode(volume, text)) {
            case RecordText.Known(var record) -> Optional.of(record);
            case RecordText.Unreadable() -> Optional.empty();
            case RecordText.NewerFormat(var format) -> {
                if (refuseNewer) {
                    throw newerFormat(volume, format);
                }
                yield Optional.empty();
            }
        };
    }

    private static Failure newerFormat(VolumeRef volume, int format) {
        return Failure.of(FailureKind.STORAGE, "checkpoint.newer-format", "checkpoint " + volume + " can't be read")
                .why("a later version of Berth wrote its record in format " + format + "; this one knows "
                        + CheckpointRecord.FORMAT)
                .next("update Berth here, or work with the checkpoint where it was made")
                .build();
    }
}
