package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.loop.LoopSettings;
import io.berth.storage.loop.LoopStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * The loop driver over the whole way: ssh, helper, guard, the hosts' own loop devices. Each world has a folder of its
 * own.
 */
final class RealStorageWorld extends RealHostsWorld {
    private static final String DATASTORE = "real";

    private final HostTransport transport;
    private final String name = "suite " + UUID.randomUUID();
    private final Path folder;
    private final StorageDriver driver;

    RealStorageWorld(Lab lab, HostTransport transport) {
        super(lab);
        this.transport = transport;
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
        var settings = new LoopSettings(DATASTORE, "/srv/berth/" + name, List.of(first(), second()));
        return new LoopStorage(settings, transport, Clock.systemUTC());
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
        Damage.removeAll(folder);
    }
}
