package io.berth.engine.configuration;

import io.berth.driver.HostRef;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.storage.ceph.AttachWay;
import io.berth.storage.ceph.CephKey;
import io.berth.storage.files.SharedFolder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a datastore's volumes are: what only its driver needs to know. */
public sealed interface StorageConfiguration {
    /** Sparse files in a folder, as loop devices. */
    record Loop(Path folder) implements StorageConfiguration {}

    /**
     * Plain files in a folder, and VMs' directories in it.
     *
     * @param location where the memory of those VMs goes
     */
    record Directory(Path folder, SharedFolder shared, CheckpointLocation location) implements StorageConfiguration {}

    /**
     * Images in a pool of a Ceph cluster.
     *
     * @param dataPool where the images' data goes, if that is another pool
     * @param ways to attach an image, the preferred one first
     */
    record Ceph(
            Path conf,
            String user,
            CephKey key,
            String pool,
            Optional<String> namespace,
            Optional<String> dataPool,
            List<AttachWay> ways)
            implements StorageConfiguration {
        public Ceph {
            ways = List.copyOf(ways);
        }
    }

    /**
     * Whatever a site's own executables make.
     *
     * @param scripts the folder they are in
     * @param runOn who runs all of them; empty: the datastore's own hosts
     * @param ledger the folder in which Berth keeps the ledger
     * @param capabilities as their author claims
     */
    record Script(
            Path scripts,
            List<HostRef> runOn,
            Path ledger,
            SortedMap<String, String> parameters,
            StorageCapabilities capabilities)
            implements StorageConfiguration {
        public Script {
            runOn = List.copyOf(runOn);
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        }
    }
}
