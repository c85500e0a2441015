package io.berth.storage.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.VolumeRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTextTest {
    private static final VolumeRef VOLUME = new VolumeRef("local", "berth-1");
    private static final CheckpointRecord RECORD = madeFor(CheckpointPurpose.SUSPEND);
    private static final String TEXT = """
            berth-checkpoint 1
            volume=berth-1
            vm-uuid=d9c0f7a2-1111-4222-8333-444455556666
            vm-name=my\\nVM
            source=h1
            operation=abcdefgh
            epoch=7
            hypervisor=libvirt
            architecture=x86_64
            machine=pc-i440fx-7.2
            cpu=qemu64
            emulator-version=7.2.19
            memory=100663296
            local-state.0=/nvram/a b.fd
            definition=<domain>\\n  <name>é\\\\</name>\\n</domain>
            persistent-definition=<domain/>
            owner-paused=true
            image-length=4711
            digest=ab12
            image-digest=cd34
            source-released=true
            created=2030-01-02T03:04:05.006Z
            completed=2030-01-02T03:05:00Z
            """;

    private static CheckpointRecord madeFor(CheckpointPurpose purpose) {
        return new CheckpointRecord(
                1,
                VOLUME,
                purpose,
                new VmRef(UUID.fromString("d9c0f7a2-1111-4222-8333-444455556666"), "my\nVM"),
                new HostRef("h1"),
                new OperationId("abcdefgh"),
                7,
                "libvirt",
                new GuestProfile(
                        "x86_64",
                        "pc-i440fx-7.2",
                        "qemu64",
                        "7.2.19",
                        DataSize.ofMebibytes(96),
                        List.of("/nvram/a b.fd")),
                "<domain>\n  <name>é\\</name>\n</domain>",
                Optional.of("<domain/>"),
                true,
                new DataSize(4711),
                "ab12",
                Optional.of("cd34"),
                true,
                Instant.parse("2030-01-02T03:04:05.006Z"),
                Optional.of(Instant.parse("2030-01-02T03:05:00Z")));
    }

    /** What is on storage has to be read by every later version: this text may never change. */
    @Test
    void theFormatIsWhatItAlwaysWas() {
        var text = RecordText.encode(RECORD);

        assertThat(text).startsWith(TEXT);
        assertThat(text.substring(TEXT.length())).matches("sha256=[0-9a-f]{64}\n");
        assertThat(RecordText.decode(VOLUME, text)).isEqualTo(new RecordText.Known(RECORD));
    }

    @ParameterizedTest
    @CsvSource({"STOP,stop", "MIGRATE,migrate"})
    void whatACheckpointWasMadeForIsWrittenUnlessItsVmIsJustSuspended(CheckpointPurpose purpose, String word) {
        var text = RecordText.encode(madeFor(purpose));

        assertThat(text).startsWith(TEXT.replace("vm-uuid=", "purpose=" + word + "\nvm-uuid="));
        assertThat(RecordText.decode(VOLUME, text)).isEqualTo(new RecordText.Known(madeFor(purpose)));
    }

    @Test
    void aPurposeThatNobodyKnowsMakesARecordUnreadable() {
        var lines = SealedLines.decode(RecordText.encode(madeFor(CheckpointPurpose.STOP)))
                .orElseThrow();
        var other = new LinkedHashMap<>(lines.values());
        other.put("purpose", "fun");

        assertThat(RecordText.decode(VOLUME, new SealedLines(lines.kind(), 1, other).encode()))
                .isEqualTo(new RecordText.Unreadable());
    }

    @Test
    void everyFlippedBitIsSeen() {
        var bytes = RecordText.encode(RECORD).getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i < bytes.length; i++) {
            for (var bit = 0; bit < Byte.SIZE; bit++) {
                var damaged = bytes.clone();
                damaged[i] ^= (byte) (1 << bit);
                assertThat(RecordText.decode(VOLUME, new String(damaged, StandardCharsets.UTF_8)))
                        .as("bit %d of byte %d", bit, i)
                        .isEqualTo(new RecordText.Unreadable());
            }
        }
    }

    @Test
    void everyCutIsSeen() {
        var text = RecordText.encode(RECORD);
        for (var length = 0; length < text.length(); length++) {
            assertThat(RecordText.decode(VOLUME, text.substring(0, length)))
                    .as("cut at %d", length)
                    .isEqualTo(new RecordText.Unreadable());
        }
        assertThat(RecordText.decode(VOLUME, text + "\n")).isEqualTo(new RecordText.Unreadable());
    }

    @Test
    void aLaterFormatIsToldFromDamage() {
        var values = new LinkedHashMap<String, String>();
        values.put("whatever", "later versions need");
        var later = new SealedLines("berth-checkpoint", 2, values).encode();

        assertThat(RecordText.decode(VOLUME, later)).isEqualTo(new RecordText.NewerFormat(2));
        assertThat(RecordText.decode(VOLUME, later.replace("later versions", "Later versions")))
                .isEqualTo(new RecordText.Unreadable());
    }

    @Test
    void anotherVolumesRecordIsNotThisOnes() {
        assertThat(RecordText.decode(new VolumeRef("local", "berth-2"), RecordText.encode(RECORD)))
                .isEqualTo(new RecordText.Unreadable());
    }

    @Test
    void aSoundTextThatIsNoRecordIsUnreadable() {
        var values = new LinkedHashMap<String, String>();
        values.put("volume", "berth-1");

        assertThat(RecordText.decode(VOLUME, new SealedLines("berth-checkpoint", 1, values).encode()))
                .isEqualTo(new RecordText.Unreadable());
        assertThat(RecordText.decode(VOLUME, new SealedLines("something-else", 1, values).encode()))
                .isEqualTo(new RecordText.Unreadable());
    }

    /** A key this version doesn't know may change what the others mean. */
    @Test
    void aRecordWithAKeyTooManyIsUnreadable() {
        var lines = SealedLines.decode(RecordText.encode(RECORD)).orElseThrow();
        var more = new LinkedHashMap<>(lines.values());
        more.put("restore-only-on", "h2");

        assertThat(RecordText.decode(VOLUME, new SealedLines(lines.kind(), 1, more).encode()))
                .isEqualTo(new RecordText.Unreadable());
    }

    @Test
    void halvesOfSurrogatePairsSurvive() {
        var name = "\ud83d x \udda5 🖥";

        assertThat(EscapedText.escape(name)).isEqualTo("\\ud83d x \\udda5 🖥");
        assertThat(EscapedText.unescape(EscapedText.escape(name))).isEqualTo(name);
    }
}
