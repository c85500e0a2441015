package io.berth.core.plan;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.VmDirectory;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing to be done, as data. Each kind has one handler; a plan that is printed, compared, stored and read back is
 * made of these.
 *
 * <p>{@link #name()} is unique in its plan and appears in the journal. {@link #host()} is where it happens, when that
 * is one host; steps on the storage have none.
 */
public sealed interface Step {
    String name();

    default Optional<HostRef> host() {
        return Optional.empty();
    }

    /** Everywhere it changes something, or lets it be changed. */
    default Stream<HostRef> hosts() {
        return host().stream();
    }

    /** A step that happens on one host. */
    sealed interface OnHost extends Step {
        HostRef at();

        @Override
        default Optional<HostRef> host() {
            return Optional.of(at());
        }
    }

    /** A step at one host that changes something on another, too. */
    sealed interface BetweenHosts extends OnHost {
        HostRef to();

        @Override
        default Stream<HostRef> hosts() {
            return Stream.of(at(), to());
        }
    }

    /**
     * A step that leaves no trace, or none beyond what an earlier step's undo takes along: when the process dies in it
     * there is nothing to take back, so its intent needn't be durable before it begins.
     */
    sealed interface Traceless extends OnHost {}

    /** Takes the volume's name in the ledger, describes it, makes it. Undone: deleted. */
    record CreateVolume(String name, VolumeRef volume, Operand<DataSize> size, CheckpointRecord record)
            implements Step {}

    /** Gives {@link Ref.Type#DEVICE}. Undone: detached. */
    record AttachVolume(String name, VolumeRef volume, HostRef at) implements OnHost {
        public Ref<DevicePath> device() {
            return new Ref<>(name, Ref.Type.DEVICE);
        }
    }

    /** Makes what an earlier tenant left on the device unreadable. */
    record ClearDevice(String name, HostRef at, Ref<DevicePath> device) implements Traceless {}

    /** The link at the checkpoint's standard path. Undone: removed. */
    record PublishLink(String name, HostRef at, String path, Ref<DevicePath> device) implements OnHost {}

    /**
     * Takes every transition of a checkpoint that holds no guest, CONSUMED before all others: nobody can take it for a
     * VM's memory from there on. Never undone; it goes with its volume.
     */
    record RehearseLedger(String name, CheckpointRecord record) implements Step {}

    /**
     * Writes samples to both ends of the device.
     *
     * @param span from the device's begin to the end of the last sample
     */
    record WriteSample(String name, HostRef at, Ref<DevicePath> device, DataSize span) implements Traceless {}

    /** Reads what {@link WriteSample} wrote, perhaps at another host, and compares. */
    record CompareSample(String name, HostRef at, Ref<DevicePath> device, DataSize span) implements Traceless {}

    /** Takes a transition in the ledger. Undone: COMPLETE is withdrawn, CONSUMED is given back in a new generation. */
    record AdvanceCheckpoint(String name, VolumeRef volume, int generation, CheckpointState to) implements Step {}

    /** Stops the guest. Undone: it runs again, unless its owner had paused it. */
    record PauseGuest(String name, VmRef vm, HostRef at, boolean ownerPaused) implements OnHost {}

    /** Asks the paused guest how much it will write. Gives {@link Ref.Type#LENGTH}. */
    record MeasureGuest(String name, VmRef vm, HostRef at) implements Traceless {
        public Ref<DataSize> need() {
            return new Ref<>(name, Ref.Type.LENGTH);
        }
    }

    /**
     * Writes the memory; the guest stays, paused. Gives {@link Ref.Type#LENGTH}. Undone: writing is cancelled, and the
     * guest runs again if it was this step that paused it.
     *
     * @param expected never exceeded: the volume may be grown to it when the guest turns out to need more room
     */
    record SaveMemory(
            String name,
            VmRef vm,
            HostRef at,
            VolumeRef volume,
            Ref<DevicePath> device,
            DataSize expected,
            boolean mayGrow,
            MemoryWriter writer,
            boolean ownerPaused)
            implements OnHost {
        public Ref<DataSize> length() {
            return new Ref<>(name, Ref.Type.LENGTH);
        }
    }

    /**
     * Makes a file beside the VM directories of a datastore, on that host, for an image on its way into the storage. Gives
     * {@link Ref.Type#DEVICE}. Undone: removed.
     */
    record CreateStagingFile(String name, String datastore, HostRef at, DataSize size) implements OnHost {
        public Ref<DevicePath> file() {
            return new Ref<>(name, Ref.Type.DEVICE);
        }
    }

    /** Copies the image from its staging file to its volume; the guest stays, paused. */
    record UploadImage(
            String name, VmRef vm, HostRef at, Ref<DevicePath> file, Ref<DevicePath> device, Ref<DataSize> length)
            implements Traceless {}

    /** Makes the image durable. Must be able to fail. */
    record FlushDevice(String name, HostRef at, Ref<DevicePath> device) implements Traceless {}

    /**
     * Reads the head and the last MiB back, or the whole image. Gives {@link Ref.Type#DIGEST}.
     *
     * @param expectedDigest what it must be; empty when this is the first look
     */
    record VerifyImage(
            String name,
            VmRef vm,
            HostRef at,
            VolumeRef volume,
            Ref<DevicePath> device,
            Operand<DataSize> length,
            boolean whole,
            Optional<Operand<String>> expectedDigest)
            implements Traceless {
        public Ref<String> digest() {
            return new Ref<>(name, Ref.Type.DIGEST);
        }
    }

    /**
     * Makes the host forget the definition of a guest that is there and stays there as it is: from here nothing on the
     * host can start it anew. Undone: the host keeps the definition again, even when the guest is gone.
     */
    record MakeTransient(String name, VmRef vm, HostRef at, String definition) implements OnHost {}

    /**
     * Writes length and digests into the record and takes COMPLETE: from here the checkpoint is the VM. Undone:
     * withdrawn, as consumed.
     *
     * @param guestStays the guest must be there, paused, up to this moment; otherwise it must be gone
     */
    record CommitCheckpoint(
            String name,
            VmRef vm,
            HostRef at,
            boolean guestStays,
            CheckpointRecord record,
            Ref<DataSize> length,
            Ref<String> digest,
            Optional<Ref<String>> imageDigest)
            implements OnHost {}

    /** Looks whether a finished image of that guest is there, which nobody has said so far. */
    record IdentifyImage(String name, VmRef vm, HostRef at, Ref<DevicePath> device) implements Traceless {}

    /**
     * Describes an image that something else wrote, and takes COMPLETE for it: from here the checkpoint is the VM, and the
     * volume goes the way of all checkpoints'. Undone: nothing, since what it says is true.
     */
    record AdoptImage(
            String name,
            VmRef vm,
            HostRef at,
            VolumeRef volume,
            Ref<DevicePath> device,
            Operand<DataSize> length,
            Ref<String> digest)
            implements OnHost {}

    /** Ends the paused guest whose memory is in a complete checkpoint. Never undone. */
    record DestroyGuest(String name, VmRef vm, HostRef at) implements OnHost {}

    /** Makes sure that the host neither has the guest nor keeps a definition of it. Never undone. */
    record ForgetGuest(String name, VmRef vm, HostRef at) implements OnHost {}

    /**
     * Ends the guest whatever it does, and makes the host forget it: first the definition, so that a host that loses power
     * in between starts nothing anew. Never undone.
     */
    record EndGuest(String name, VmRef vm, HostRef at) implements OnHost {}

    /** Notes on the storage that the source can't start the guest any more. */
    record MarkReleased(String name, VolumeRef volume) implements Step {}

    /** Forgets the host's cached blocks of the device. */
    record DropCache(String name, HostRef at, Ref<DevicePath> device) implements Traceless {}

    /**
     * Makes a paused guest of the image, without a definition of its own on the host: a host that loses power now must
     * not start it anew. Undone: destroyed, and forgotten unless {@code knownBefore}.
     *
     * @param knownBefore the host kept a definition of the guest already
     */
    record RestorePaused(
            String name,
            VmRef vm,
            HostRef at,
            VolumeRef volume,
            Ref<DevicePath> device,
            Operand<DataSize> length,
            String definition,
            boolean knownBefore)
            implements OnHost {}

    /** Lets the restored guest run. Never undone. */
    record ResumeGuest(String name, VmRef vm, HostRef at) implements OnHost {}

    /** Makes the host keep the guest's definition for the next cold start. Never undone. */
    record MakePersistent(String name, VmRef vm, HostRef at, String definition) implements OnHost {}

    /**
     * Brings the guest's memory from one host to another, and the disks that they don't share, while it runs; it stands at
     * the other one then, paused, its disks durable, and is gone from the first. Undone: ended; what has come to the other
     * host is destroyed, and the guest goes on where it was.
     *
     * @param expected the guest's memory and copied disks: a bound for how long it may take
     */
    record MigrateGuest(
            String name,
            VmRef vm,
            HostRef at,
            HostRef to,
            String definition,
            DataSize expected,
            boolean ownerPaused,
            List<CopiedDisk> copied)
            implements BetweenHosts {
        public MigrateGuest {
            copied = List.copyOf(copied);
        }
    }

    /**
     * Finds out whether two hosts see the same VM directories. Gives {@link Ref.Type#SHARING}. Undone: what was written
     * for that is removed.
     */
    record FindSharing(String name, String datastore, HostRef at, HostRef to) implements BetweenHosts {
        public Ref<Sharing> sharing() {
            return new Ref<>(name, Ref.Type.SHARING);
        }
    }

    /**
     * Brings a VM directory to another host, where it is whole, durable and in its place then; the one it came from stays
     * as it is. Nobody may be at work on it, but for its hollow files. Undone: what has come is removed.
     *
     * @param sharing where that was found out: nothing is done when they share it; empty: they don't
     * @param size a bound for how long it may take
     * @param hollow files of which only the length goes along, by their paths in the directory: a guest that runs brings
     *     what is in them itself
     */
    record BringDirectory(
            String name,
            VmDirectory directory,
            HostRef at,
            HostRef to,
            Optional<Ref<Sharing>> sharing,
            DataSize size,
            List<String> hollow)
            implements BetweenHosts {
        public BringDirectory {
            hollow = List.copyOf(hollow);
        }
    }

    /**
     * Deletes the directory that was brought to another host: set aside first, looked at from there, and given its place
     * back if it vanished there too. Never undone.
     *
     * @param sharing as of {@link BringDirectory}
     */
    record LeaveDirectory(String name, VmDirectory directory, HostRef at, HostRef to, Optional<Ref<Sharing>> sharing)
            implements BetweenHosts {}

    /**
     * Gives a directory of a VM that was ended a name of the operation's own, unless somebody else uses it. When that is
     * done, whatever gets its old name is another one: so it is a step apart from {@link DeleteDirectory}. Never undone.
     */
    record SetDirectoryAside(String name, VmDirectory directory, HostRef at) implements OnHost {}

    /** Deletes a directory that was set aside, with all that is in it. Never undone. */
    record DeleteDirectory(String name, VmDirectory directory, HostRef at) implements OnHost {}

    /**
     * Says where a directory is that outlives its VM. Nothing is done.
     *
     * @param where it may be a host that doesn't answer
     */
    record KeepDirectory(String name, VmDirectory directory, HostRef where) implements Step {}

    record RemoveLink(String name, HostRef at, String path) implements OnHost {}

    /** Removes what {@link CreateStagingFile} made. Never undone. */
    record RemoveStagingFile(String name, String datastore, HostRef at) implements OnHost {}

    /** Gives the volume's unused tail back to the storage, where it can. */
    record DiscardTail(String name, HostRef at, VolumeRef volume, Ref<DevicePath> device, Ref<DataSize> length)
            implements Traceless {}

    record DetachVolume(String name, VolumeRef volume, HostRef at) implements OnHost {}

    /** Deletes a volume whose checkpoint is consumed. Never undone. */
    record DeleteVolume(String name, VolumeRef volume) implements Step {}
}
