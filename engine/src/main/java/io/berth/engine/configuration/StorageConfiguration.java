package io.berth.engine.configuration;

import io.berth.storage.ceph.AttachWay;
import io.berth.storage.ceph.CephKey;
import io.berth.storage.files.SharedFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a datastore's volumes are: what only its driver needs to know. */
public sealed interface StorageConfiguration {
    /** Sparse files in a folder, as loop devices. */
    record Loop(Path folder) implements StorageConfiguration {}

    /** Plain files in a folder, and VMs' directories in it. */
    record Directory(Path folder, SharedFolder shared) implements StorageConfiguration {}

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
}
