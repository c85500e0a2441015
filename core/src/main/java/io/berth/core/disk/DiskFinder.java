package io.berth.core.disk;

import io.berth.core.Drivers;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.DiskPlace;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VmDirectory;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Where the files and devices lie that guests' disks are made of. Only looks; thread-safe. */
public final class DiskFinder {
    private final Drivers drivers;

    public DiskFinder(Drivers drivers) {
        this.drivers = drivers;
    }

    /** A place on a datastore that has VM directories. */
    public record Found(StorageDriver storage, VmDirectories directories, DiskPlace place) {}

    /**
     * The datastore that knows the disk; empty when none does.
     *
     * @throws Failure {@code disk.absent}
     */
    public Optional<Found> place(HostRef at, String path) {
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

    /** The VM directories that a disk's path leads into or, by links, through; none when nothing is there. */
    public Set<VmDirectory> directories(HostRef at, String path) {
        var found = new LinkedHashSet<VmDirectory>();
        collect(at, path, found);
        return found;
    }

    private void collect(HostRef at, String path, Set<VmDirectory> found) {
        try {
            place(at, path).map(Found::place).ifPresent(place -> {
                switch (place) {
                    case DiskPlace.Inside(var directory, var _) -> found.add(directory);
                    case DiskPlace.Linked(var directory, var target) -> {
                        found.add(directory);
                        collect(at, target, found);
                    }
                    case DiskPlace.Loose _ -> {}
                }
            });
        } catch (Failure failure) {
            if (!failure.is("disk.absent")) {
                throw failure;
            }
        }
    }

    /** Empty when nothing is at that path. */
    public Optional<DataSize> size(HostRef at, String path) {
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
