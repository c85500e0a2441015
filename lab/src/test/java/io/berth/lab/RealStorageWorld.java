package io.berth.lab;

import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.FolderSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** A driver of files over the whole way: ssh, helper, guard, the hosts' own devices. Each world has a folder of its own. */
final class RealStorageWorld extends RealHostsWorld {
    private static final String DATASTORE = "real";

    private final Function<FolderSettings, StorageDriver> drivers;
    private final String name = "suite " + UUID.randomUUID();
    private final Path folder;
    private final StorageDriver driver;

    RealStorageWorld(Lab lab, Function<FolderSettings, StorageDriver> drivers) {
        super(lab);
        this.drivers = drivers;
        this.folder = lab().shared().resolve(name);
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.driver = otherFrontEnd();
    }

    @Override
    public StorageDriver driver() {
        return driver;
    }

    @Override
    public StorageDriver otherFrontEnd() {
        return drivers.apply(new FolderSettings(DATASTORE, "/srv/berth/" + name, List.of(first(), second())));
    }

    @Override
    public String datastore() {
        return DATASTORE;
    }

    @Override
    public void litter() {
        Litter.leaveIn(folder);
    }

    @Override
    public void damageRecord(VolumeRef volume) {
        Damage.flipOneBit(folder.resolve(volume.name() + ".record"));
    }

    @Override
    public void close() {
        LoopDevices.of(lab()).release(folder.getFileName().toString());
        for (var host : List.of(first(), second())) {
            lab().in(host.name(), "rm", "-rf", "/run/berth-host/attached/srv/berth/" + name)
                    .orFail();
        }
        Damage.removeAll(folder);
    }
}
