package example;

import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stands for the storage: what is true is here, and every front-end sees it. A real driver has commands or an API in this
 * place. Whoever uses it holds its lock.
 */
final class Shelf {
    final Map<VolumeRef, byte[]> volumes = new HashMap<>();
    final Map<VolumeRef, List<Transition>> transitions = new HashMap<>();
    final Map<VolumeRef, CheckpointRecord> records = new HashMap<>();
    final Set<Place> attached = new HashSet<>();
    /** Devices that a process has open. */
    final List<Place> open = new ArrayList<>();

    /** A volume on a host. */
    record Place(VolumeRef volume, HostRef host) {}
}
