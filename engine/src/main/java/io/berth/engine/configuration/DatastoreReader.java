package io.berth.engine.configuration;

import io.berth.storage.ceph.CephKey;
import io.berth.storage.files.SharedFolder;
import java.nio.file.Path;
import java.util.Optional;

/** Reads one datastore's section: which keys it may have depends on its driver. */
final class DatastoreReader {
    private final ConfigurationFile file;
    private final String path;
    private final YamlNode node;

    /** @param path of the section, for people: {@code datastores.fast} */
    DatastoreReader(ConfigurationFile file, String path, YamlNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    DatastoreConfiguration read(String name) {
        var driver = SectionReader.read(file, path, Optional.of(node), Keys.DATASTORE)
                .value(Keys.DRIVER);
        var values = SectionReader.read(file, path, Optional.of(node), Keys.of(driver));
        var storage = switch (driver) {
            case LOOP -> new StorageConfiguration.Loop(values.value(Keys.FOLDER));
            case DIRECTORY ->
                new StorageConfiguration.Directory(values.value(Keys.FOLDER), shared(values), location(values));
            case CEPH -> ceph(values);
            case SCRIPT -> script(values);
        };
        return new DatastoreConfiguration(name, storage, values.value(Keys.HOSTS), values.value(Keys.WRITERS));
    }

    private static SharedFolder shared(SectionReader values) {
        return switch (values.value(Keys.SHARED)) {
            case YES -> SharedFolder.YES;
            case NO -> SharedFolder.NO;
            case AUTO -> new SharedFolder(SharedFolder.Mode.AUTO, values.value(Keys.ATTRIBUTE_CACHE_TIME));
        };
    }

    private CheckpointLocation location(SectionReader values) {
        var location = values.value(Keys.CHECKPOINT_LOCATION);
        if (location == CheckpointLocation.FILE && values.value(Keys.SHARED) != SharedFolder.Mode.YES) {
            throw file.trouble(
                    node.line(),
                    path + " has checkpoint-location: file, and its hosts may not share it",
                    "a checkpoint that only one host sees is out of reach when that host is",
                    "set 'shared: yes' if they do, else leave checkpoint-location out and put memory on another"
                            + " datastore");
        }
        return location;
    }

    private StorageConfiguration ceph(SectionReader values) {
        return new StorageConfiguration.Ceph(
                values.value(CephKeys.CONF),
                values.value(CephKeys.USER),
                key(values.written(CephKeys.KEYRING), values.written(CephKeys.KEYFILE)),
                values.value(CephKeys.POOL),
                values.written(CephKeys.NAMESPACE),
                values.written(CephKeys.DATA_POOL),
                values.value(CephKeys.ATTACH));
    }

    private StorageConfiguration script(SectionReader values) {
        return new StorageConfiguration.Script(
                values.value(ScriptKeys.SCRIPTS),
                values.value(ScriptKeys.RUN_ON),
                values.value(ScriptKeys.LEDGER),
                ScriptParameter.named(file, node.line(), path, values.value(ScriptKeys.PARAMETERS)),
                ScriptKeys.capabilities(values.value(ScriptKeys.CAN)));
    }

    private CephKey key(Optional<Path> keyring, Optional<Path> keyfile) {
        if (keyring.isPresent() && keyfile.isPresent()) {
            throw file.trouble(
                    node.line(), path + " has both keyring and keyfile", "one key is enough", "remove one of them");
        }
        return keyring.<CephKey>map(ring -> new CephKey.Keyring(ring.toString()))
                .or(() -> keyfile.map(bare -> new CephKey.Keyfile(bare.toString())))
                .orElseGet(CephKey.Usual::new);
    }
}
