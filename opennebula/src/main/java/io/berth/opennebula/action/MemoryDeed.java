package io.berth.opennebula.action;

import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.Set;

/** What Berth's engine is to do with a guest's memory. */
public sealed interface MemoryDeed {
    /** The guest, by the name or the UUID that its hypervisor knows it by: OpenNebula's deploy id. */
    String vm();

    /** The hosts that have a part in it. */
    Set<HostRef> hosts();

    /**
     * From a host into a checkpoint.
     *
     * @param datastore its name in Berth's configuration
     */
    record Save(String vm, HostRef host, String datastore) implements MemoryDeed {
        @Override
        public Set<HostRef> hosts() {
            return Set.of(host);
        }
    }

    /**
     * From its checkpoint, wherever that is, to a host.
     *
     * @param foreign where its memory lies if it has no checkpoint: it is made one then
     */
    record Restore(String vm, HostRef host, Optional<ForeignImage> foreign) implements MemoryDeed {
        @Override
        public Set<HostRef> hosts() {
            return Set.of(host);
        }
    }

    /** From a host to another while the guest runs. */
    record Move(String vm, HostRef host, HostRef destination) implements MemoryDeed {
        @Override
        public Set<HostRef> hosts() {
            return host.equals(destination) ? Set.of(host) : Set.of(host, destination);
        }
    }
}
