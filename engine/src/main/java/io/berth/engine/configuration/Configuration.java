package io.berth.engine.configuration;

import io.berth.core.fleet.FleetLimits;
import io.berth.core.operation.MemoryPlace;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a site has decided. Immutable.
 *
 * @param source the file it was read from; it needn't be there
 * @param hypervisors of hosts whose guests aren't libvirt's
 */
public record Configuration(
        Path source,
        Optional<String> defaultDatastore,
        Path linkFolder,
        SortedMap<String, DatastoreConfiguration> datastores,
        SshConfiguration ssh,
        HelperConfiguration helper,
        LibvirtConfiguration libvirt,
        List<ScriptHypervisorConfiguration> hypervisors,
        FleetLimits limits,
        DaemonConfiguration daemon,
        LogLevel logLevel) {
    public Configuration {
        hypervisors = List.copyOf(hypervisors);
        datastores = Collections.unmodifiableSortedMap(new TreeMap<>(datastores));
    }

    /** By datastore of VMs' directories: where those VMs' memory goes, if not where all checkpoints go. */
    public Map<String, MemoryPlace> memoryPlaces() {
        var places = new TreeMap<String, MemoryPlace>();
        datastores.values().forEach(datastore -> {
            if (datastore.storage() instanceof StorageConfiguration.Directory directory) {
                place(directory.location()).ifPresent(place -> places.put(datastore.name(), place));
            }
        });
        return places;
    }

    private static Optional<MemoryPlace> place(CheckpointLocation location) {
        return switch (location) {
            case BLOCK -> Optional.empty();
            case FILE -> Optional.of(MemoryPlace.BESIDE_DISKS);
            case SYSTEM -> Optional.of(MemoryPlace.THROUGH_A_FILE);
        };
    }

    /** The folder of each datastore that has VMs' directories. */
    public Map<String, Path> directories() {
        var folders = new TreeMap<String, Path>();
        datastores.values().forEach(datastore -> {
            if (datastore.storage() instanceof StorageConfiguration.Directory directory) {
                folders.put(datastore.name(), directory.folder());
            }
        });
        return folders;
    }

    /**
     * Reads the file; a missing one means that nothing is decided otherwise than usual.
     *
     * @throws io.berth.driver.Failure {@code configuration.bad} (CALLER), with file and line; {@code
     *     configuration.unreadable} (ENVIRONMENT)
     */
    public static Configuration read(Path file) {
        return new ConfigurationReader(file).configuration(new YamlFile(file).read());
    }
}
