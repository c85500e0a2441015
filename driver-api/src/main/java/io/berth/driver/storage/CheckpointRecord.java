package io.berth.driver.storage;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestProfile;
import java.time.Instant;
import java.util.Optional;

/**
 * All that is needed to restore a checkpoint with nothing but the storage at hand.
 *
 * @param format of this record; a reader refuses one it doesn't know
 * @param purpose what it was made for; what can be done with it doesn't depend on it
 * @param epoch of the VM's lease when it was written, so that a front-end without its journal starts above it
 * @param definition the guest's definition in its hypervisor's own form (libvirt: domain XML), the one to restore with
 * @param persistentDefinition what the host was told to keep for the next cold start; empty for a transient guest
 * @param ownerPaused the owner had paused the guest, so that it stays paused when restored
 * @param imageLength exact number of bytes that belong to the image; zero until complete
 * @param digest SHA-256 over the image's last MiB (or all of it, if shorter); empty until complete
 * @param imageDigest SHA-256 over the whole image, if that was asked for
 * @param sourceReleased the source's paused guest is destroyed and can't start by itself any more
 */
public record CheckpointRecord(
        int format,
        VolumeRef volume,
        CheckpointPurpose purpose,
        VmRef vm,
        HostRef source,
        OperationId operation,
        long epoch,
        String hypervisor,
        GuestProfile profile,
        String definition,
        Optional<String> persistentDefinition,
        boolean ownerPaused,
        DataSize imageLength,
        String digest,
        Optional<String> imageDigest,
        boolean sourceReleased,
        Instant created,
        Optional<Instant> completed) {
    /** The format this version writes and reads. */
    public static final int FORMAT = 1;

    public CheckpointRecord complete(DataSize length, String tailDigest, Optional<String> wholeDigest, Instant at) {
        return with(length, tailDigest, wholeDigest, sourceReleased, Optional.of(at));
    }

    public CheckpointRecord released() {
        return with(imageLength, digest, imageDigest, true, completed);
    }

    private CheckpointRecord with(
            DataSize length, String tailDigest, Optional<String> wholeDigest, boolean released, Optional<Instant> at) {
        return new CheckpointRecord(
                format,
                volume,
                purpose,
                vm,
                source,
                operation,
                epoch,
                hypervisor,
                profile,
                definition,
                persistentDefinition,
                ownerPaused,
                length,
                tailDigest,
                wholeDigest,
                released,
                created,
                at);
    }
}
