package io.berth.core.operation;

import io.berth.core.Drivers;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.DiskPlace;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VmDirectories;
import java.util.Optional;

/** Where the files and devices lie that guests' disks are made of. Only looks. */
final class DiskFinder {
    private final Drivers drivers;

    DiskFinder(Drivers drivers) {
        this.drivers = drivers;
    }

    /** A place on a datastore that has VM directories. */
    record Found(StorageDriver storage, VmDirectories directories, DiskPlace place) {}

    /**
     * The datastore that knows the disk; empty when none does.
     *
     * @throws Failure {@code disk.absent}
     */
    Optional<Found> place(HostRef at, String path) {
        for (var storage : drivers.datastores().values()) {
            var directories = storage.directories().filter(_ -> storage.serves(at));
            if (directories.isPresent()) {
                var place = directories.get().place(at, path);
                if (place.isPresent()) {
                    return Optional.of(new Found(storage, directories.get(), place.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Empty when nothing is at that path. */
    Optional<DataSize> size(HostRef at, String path) {
        try {
            return Optional.of(drivers.devices().size(at, new DevicePath(path)));
        } catch (Failure failure) {
            if (failure.is("host.absent")) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
