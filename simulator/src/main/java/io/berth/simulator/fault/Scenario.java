package io.berth.simulator.fault;

import io.berth.core.operation.MemoryPlace;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.simulator.world.SimulatedFolders;
import java.util.Optional;

/**
 * What is done, to what guest, on what storage.
 *
 * @param task the operation that is struck
 * @param writer of the suspend, the one before a resume too
 * @param thin volumes take the space that is written to them; new ones read zeroes
 * @param grow volumes can be enlarged
 * @param persistent the host keeps the guest's definition
 * @param ownerPaused the owner had paused the guest
 * @param folders its disk is in a directory of its own, and who sees that; empty: on storage that every host reaches
 * @param place of its memory, as the configuration says of where its disk is
 */
public record Scenario(
        Task task,
        MemoryWriter writer,
        boolean thin,
        boolean grow,
        boolean persistent,
        boolean ownerPaused,
        Optional<SimulatedFolders.Kind> folders,
        Optional<MemoryPlace> place) {
    public Scenario(
            Task task, MemoryWriter writer, boolean thin, boolean grow, boolean persistent, boolean ownerPaused) {
        this(task, writer, thin, grow, persistent, ownerPaused, Optional.empty(), Optional.empty());
    }

    /** The same of a guest whose disk is in a directory. */
    Scenario in(SimulatedFolders.Kind kind) {
        return new Scenario(task, writer, thin, grow, persistent, ownerPaused, Optional.of(kind), place);
    }

    /** The same where memory goes that way. */
    Scenario going(MemoryPlace way) {
        return new Scenario(task, writer, thin, grow, persistent, ownerPaused, folders, Optional.of(way));
    }

    /** Its hosts share its directory and believe that they don't: nothing is moved then. */
    boolean isMisled() {
        return folders.equals(Optional.of(SimulatedFolders.Kind.LATE));
    }

    /** What Berth is asked to do. */
    public enum Task {
        SUSPEND,
        STOP,
        RESUME_SAME_HOST,
        RESUME_OTHER_HOST,
        /** Somebody has started the guest by hand though its checkpoint is there: Berth must not make a second one. */
        RESUME_BESIDE_INTRUDER,
        /** Of a stopped VM, on the host that Berth chooses: the other one, which has more memory. */
        START,
        VERIFY,
        DELETE,
        /** Something else has saved the guest into a volume that the ledger knows nothing of. */
        ADOPT,
        /** Saved on one host, restored on the other. */
        MIGRATE,
        /** The same, but no guest can be restored on the other host: it has to come back. */
        MIGRATE_IN_VAIN,
        /** From host to host while it runs. */
        MIGRATE_LIVE,
        /** A guest that runs is ended for good. */
        TERMINATE_RUNNING,
        TERMINATE_SUSPENDED,
        /** A guest that runs is ended for good, and its disk with it. */
        TERMINATE_WITH_DIRECTORY,
        /** The directory of a suspended VM is taken to the other host, and the VM doesn't hear of it. */
        MOVE_DIRECTORY,
        /** The datastore is tried out beside a guest that runs and must hear nothing of it. */
        REHEARSE;

        /** Whether a guest that runs is saved in it. */
        boolean saves() {
            return this == SUSPEND || this == STOP || this == MIGRATE || this == MIGRATE_IN_VAIN;
        }

        /** Whether a guest is to stand somewhere in the end that wasn't there before. */
        boolean moves() {
            return this == MIGRATE_LIVE
                    || this == RESUME_SAME_HOST
                    || this == RESUME_OTHER_HOST
                    || this == START
                    || this == MIGRATE
                    || this == MIGRATE_IN_VAIN;
        }

        /** Whether a guest that was saved is all that is to come of it. */
        boolean isSuspend() {
            return this == SUSPEND || this == STOP;
        }

        /** Whether the guest is suspended before. */
        boolean beginsSuspended() {
            return switch (this) {
                case SUSPEND,
                        STOP,
                        MIGRATE,
                        MIGRATE_IN_VAIN,
                        MIGRATE_LIVE,
                        TERMINATE_RUNNING,
                        TERMINATE_WITH_DIRECTORY,
                        REHEARSE,
                        ADOPT -> false;
                case RESUME_SAME_HOST,
                        RESUME_OTHER_HOST,
                        RESUME_BESIDE_INTRUDER,
                        START,
                        VERIFY,
                        DELETE,
                        TERMINATE_SUSPENDED,
                        MOVE_DIRECTORY -> true;
            };
        }

        /** Whether its user gives the guest's memory up. */
        boolean givesUp() {
            return this == DELETE
                    || this == TERMINATE_RUNNING
                    || this == TERMINATE_SUSPENDED
                    || this == TERMINATE_WITH_DIRECTORY;
        }
    }

    StorageCapabilities storage() {
        return new StorageCapabilities(thin, grow, true, true, thin);
    }

    /** Thick storage that can't grow has no room for a guest that needs more than it said. */
    boolean isExpectedToSucceed() {
        return switch (task) {
            case RESUME_BESIDE_INTRUDER, MIGRATE_IN_VAIN -> false;
            case MOVE_DIRECTORY -> !isMisled();
            case SUSPEND, STOP, MIGRATE -> !isMisled() && (thin || (grow && writer.keepsGuest()));
            case MIGRATE_LIVE -> !isMisled();
            case RESUME_SAME_HOST,
                    RESUME_OTHER_HOST,
                    START,
                    VERIFY,
                    DELETE,
                    ADOPT,
                    TERMINATE_RUNNING,
                    TERMINATE_SUSPENDED,
                    TERMINATE_WITH_DIRECTORY,
                    REHEARSE -> true;
        };
    }

    /**
     * The host starts the guest whenever it comes up. Not with the fast writer: a host that loses power between the
     * guest's end and the moment it is told to forget it starts it anew, and nothing can be done about that.
     */
    boolean autostart() {
        return persistent && !ownerPaused && writer.keepsGuest();
    }

    boolean isPausedByBerth() {
        return task.saves() && !ownerPaused;
    }

    @Override
    public String toString() {
        return task + " " + writer + (thin ? " thin" : " thick") + (grow ? " growing" : "")
                + (persistent ? " persistent" : " transient") + (ownerPaused ? " paused by its owner" : "")
                + folders.map(kind -> " in folders " + kind).orElse("")
                + place.map(way -> ", memory " + way).orElse("");
    }
}
