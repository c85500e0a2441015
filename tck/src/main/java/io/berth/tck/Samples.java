package io.berth.tck;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.VolumeRef;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Records to write. Values differ from field to field, so that two that were swapped show. */
final class Samples {
    static final Instant LATER = Instant.parse("2030-02-03T04:05:06.789012345Z");

    private static final Instant CREATED = Instant.parse("2030-01-02T03:04:05.006Z");
    private static final int LONG = 200_000;

    private Samples() {}

    static Map<String, String> hostileNames() {
        var names = new LinkedHashMap<String, String>();
        names.put("plain", "web 1");
        names.put("empty", "");
        names.put("new lines", "first\nsecond\r\nthird\n");
        names.put("a line of another record", "x\nsource-released=true\nvm-name=y");
        names.put("quotes", "\"double\" 'single' `back`");
        names.put("shell", "$(touch /tmp/owned); rm -rf * & ${HOME} %s {}");
        names.put("path", "../../etc/passwd");
        names.put("markup", "</name><!-- ]]> &amp; <x y='z'/>");
        names.put("backslashes", "\\n \\\\ \\u0041 \\x41 \\");
        names.put("unicode", "Größe 東京 🖥 \u202eright to left");
        names.put("controls", "\u0000\u0001\u001b[31m\u007f\u0085\u2028\t");
        names.put("blanks at the ends", "  x\t ");
        names.put("equals signs and hashes", "a=b=c#d;e:f");
        names.put("very long", "näme ".repeat(2000));
        return names;
    }

    static CheckpointRecord record(VolumeRef volume, OperationId operation) {
        return record(volume, operation, "guest of the behaviour suite");
    }

    static CheckpointRecord record(VolumeRef volume, OperationId operation, String name) {
        return record(volume, operation, name, "<domain type='qemu'>\n  <name>" + name + "</name>\n</domain>\n");
    }

    static CheckpointRecord recordWithLongDefinition(VolumeRef volume, OperationId operation) {
        return record(volume, operation, "much metadata", "<x>" + "0123456789é\n".repeat(LONG / 12) + "</x>");
    }

    private static CheckpointRecord record(VolumeRef volume, OperationId operation, String name, String definition) {
        return new CheckpointRecord(
                CheckpointRecord.FORMAT,
                volume,
                CheckpointPurpose.SUSPEND,
                new VmRef(UUID.fromString("6b1cbdd9-4f0c-4c6b-9a58-0e4a53ff0d11"), name),
                new HostRef("source.example"),
                operation,
                7,
                "libvirt",
                new GuestProfile(
                        "x86_64",
                        "pc-i440fx-7.2",
                        "Skylake-Server-IBRS, +pdpe1gb",
                        "7.2.19",
                        DataSize.ofMebibytes(96),
                        List.of("/var/lib/libvirt/qemu/nvram/" + name + ".fd", "/var/lib/libvirt/swtpm/a b")),
                definition,
                Optional.of("<domain><!-- next start --></domain>"),
                true,
                DataSize.ZERO,
                "",
                Optional.empty(),
                false,
                CREATED,
                Optional.empty());
    }

    static CheckpointRecord recordOfTransientGuest(VolumeRef volume, OperationId operation) {
        return new CheckpointRecord(
                CheckpointRecord.FORMAT,
                volume,
                CheckpointPurpose.SUSPEND,
                new VmRef(UUID.fromString("0e4a53ff-4f0c-4c6b-9a58-6b1cbdd90d11"), "transient"),
                new HostRef("h1"),
                operation,
                Long.MAX_VALUE,
                "simulated",
                new GuestProfile("aarch64", "virt", "", "", new DataSize(Long.MAX_VALUE), List.of()),
                "",
                Optional.empty(),
                false,
                new DataSize(Long.MAX_VALUE),
                "",
                Optional.empty(),
                false,
                Instant.EPOCH,
                Optional.empty());
    }
}
