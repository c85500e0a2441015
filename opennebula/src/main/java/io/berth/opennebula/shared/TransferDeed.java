package io.berth.opennebula.shared;

import io.berth.driver.Failure;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.message.VmPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What a storage command comes to. */
public sealed interface TransferDeed {
    /** Scripts of drivers, one after the other, whatever becomes of the others; the first failure is that of all. */
    record Scripts(List<TransferCommand> commands) implements TransferDeed {
        public Scripts {
            commands = List.copyOf(commands);
        }
    }

    /** It is so already. */
    record Nothing() implements TransferDeed {}

    /**
     * The VM's directory is to be on another host, under the same path.
     *
     * @param datastore its name in Berth's configuration
     * @param measuredBy the driver by whose script the host measures the room of the datastore's folder; empty: hosts don't
     */
    record MoveDirectory(String datastore, VmPlace from, VmPlace to, Optional<String> measuredBy)
            implements TransferDeed {}

    /** The VM's directory goes for good, and all that is in it. */
    record RemoveDirectory(VmPlace directory) implements TransferDeed {}

    /**
     * The same, once nothing of Berth's is left to be done with the VM's directory: what it has still to remove elsewhere it
     * wouldn't dare to when that directory is gone.
     *
     * @param directory on the host that the VM was on last
     */
    record AfterSettling(VmPlace directory, TransferDeed then) implements TransferDeed {}

    /**
     * The VM's directory is to be on another host, under the same path, and holds only what is known of.
     *
     * @param links where each leads, by its name in the directory
     * @param contextDisk name of the CD for the contextualization, if there is one
     * @param isMarked whether the host's name is to be in it, as the drivers of logical volumes have it
     */
    record RebuildDirectory(
            VmPlace from, VmPlace to, SortedMap<String, String> links, Optional<String> contextDisk, boolean isMarked)
            implements TransferDeed {}

    /** The VM gets a disk that is made of an image. */
    sealed interface MakeDisk extends TransferDeed {
        /** The image's path on the disk's host. */
        String image();

        VmPlace disk();
    }

    /** The VM's disk is the image itself. */
    record LinkDisk(String image, VmPlace disk) implements MakeDisk {}

    /** The VM's disk is the image itself, a QCOW2 file, or the newest of its snapshots. */
    record LinkLayers(String image, VmPlace disk) implements MakeDisk {}

    /**
     * The VM's disk is a copy of the image.
     *
     * @param growsTo MiB; empty: as large as the image
     */
    record CopyDisk(String image, VmPlace disk, Optional<Long> growsTo) implements MakeDisk {}

    /**
     * The VM's disk is a new QCOW2 layer over the image, which is one too.
     *
     * @param growsTo MiB; empty: as large as the image
     */
    record LayDisk(String image, VmPlace disk, Optional<Long> growsTo) implements MakeDisk {}

    /**
     * The VM's disk is a copy of an image that is on the front-end alone.
     *
     * @param image its path there
     * @param growsTo MiB; empty: as large as the image
     */
    record BringDisk(String image, VmPlace disk, Form form, Optional<Long> growsTo) implements TransferDeed {
        /** What an image's file is, and how the disk lies in the VM's directory. */
        public enum Form {
            /** {@code disk.0} is the file. */
            RAW(false),
            /** {@code disk.0} is the file. */
            QCOW2(true),
            /** The file is {@code disk.0.snap/0}, and {@code disk.0} a link to it. */
            LAYER(true);

            private final boolean isQcow2;

            Form(boolean isQcow2) {
                this.isQcow2 = isQcow2;
            }

            public boolean isQcow2() {
                return isQcow2;
            }
        }
    }

    /** The VM gets a CD with files for its contextualization, in place of the one that it may have. */
    sealed interface MakeContext extends TransferDeed {
        /** Plain files on the front-end, by paths of plain words, each of another name. */
        List<Path> files();

        VmPlace disk();
    }

    /** The same in a directory that the front-end shares with the VM's host. */
    record WriteContext(List<Path> files, VmPlace disk) implements MakeContext {
        public WriteContext {
            files = List.copyOf(files);
        }
    }

    /** The same in one that they may not share: the CD is brought to the host. */
    record SendContext(List<Path> files, VmPlace disk) implements MakeContext {
        public SendContext {
            files = List.copyOf(files);
        }
    }

    /** It would do harm. */
    record Refused(Failure why) implements TransferDeed {}
}
