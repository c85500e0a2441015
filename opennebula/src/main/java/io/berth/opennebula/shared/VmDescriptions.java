package io.berth.opennebula.shared;

import java.util.List;
import java.util.Optional;

/** What OpenNebula knows of what VMs have in their directories. Thread-safe. */
@FunctionalInterface
public interface VmDescriptions {
    /** Empty when it can't be told now. */
    Optional<Described> vm(int vm);

    /** For a driver that has nobody to ask. */
    static VmDescriptions untold() {
        return _ -> Optional.empty();
    }

    /**
     * A VM by its description.
     *
     * @param contextDisk number of the CD for its contextualization; empty: it has none
     */
    record Described(Whereabouts whereabouts, List<Disk> disks, Optional<Integer> contextDisk) {
        public Described {
            disks = List.copyOf(disks);
        }
    }

    /** Where it is, or is being taken. */
    enum Whereabouts {
        /** On a host. */
        HOST,
        /** Off all of them, stopped or undeployed. */
        FRONT_END,
        /** Nobody can tell what runs on the host that it was on. */
        UNKNOWN
    }

    /**
     * @param type DISK_TYPE: by what the hypervisor reaches it
     * @param driver TM_MAD of the datastore that it is on
     */
    record Disk(int number, String type, String driver) {}
}
