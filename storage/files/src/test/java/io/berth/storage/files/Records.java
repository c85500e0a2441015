package io.berth.storage.files;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.VolumeRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Records for tests that only need one. */
public final class Records {
    public static final VmRef VM = new VmRef(UUID.fromString("d9c0f7a2-1111-4222-8333-444455556666"), "guest");

    private Records() {}

    public static CheckpointRecord plain(VolumeRef volume) {
        return new CheckpointRecord(
                CheckpointRecord.FORMAT,
                volume,
                CheckpointPurpose.SUSPEND,
                VM,
                new HostRef("h1"),
                new OperationId("abcdefgh"),
                1,
                "libvirt",
                new GuestProfile("x86_64", "pc", "qemu64", "7.2", DataSize.ofMebibytes(96), List.of()),
                "<domain/>",
                Optional.empty(),
                false,
                DataSize.ZERO,
                "",
                Optional.empty(),
                false,
                Instant.parse("2030-01-02T03:04:05Z"),
                Optional.empty());
    }
}
