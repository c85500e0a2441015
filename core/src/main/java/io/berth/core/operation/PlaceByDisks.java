package io.berth.core.operation;

import io.berth.core.disk.DiskFinder;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VmDirectory;
import java.util.Optional;

/** What the configuration says of a guest's memory for where its disks are. Only looks. */
final class PlaceByDisks {
    private final Wiring wiring;
    private final DiskFinder finder;

    PlaceByDisks(Wiring wiring) {
        this.wiring = wiring;
        this.finder = new DiskFinder(wiring.drivers());
    }

    /** @param datastore that the guest's disks are on */
    record Found(String datastore, MemoryPlace place) {
        /** The datastore, if memory goes that way. */
        Optional<String> on(MemoryPlace wanted) {
            return Optional.of(datastore).filter(_ -> place == wanted);
        }
    }

    /** Of several disks on such datastores the first one counts; empty when none is on any. */
    Optional<Found> of(HostRef host, String definition) {
        var places = wiring.settings().places();
        return places.isEmpty()
                ? Optional.empty()
                : wiring.drivers().hypervisor(host).disks(definition).stream()
                        .filter(disk -> !disk.readOnly())
                        .flatMap(disk -> finder.directories(host, disk.path()).stream())
                        .map(VmDirectory::datastore)
                        .flatMap(datastore -> Optional.ofNullable(places.get(datastore)).stream()
                                .map(place -> new Found(datastore, place)))
                        .findFirst();
    }
}
