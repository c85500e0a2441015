package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.storage.directory.DirectoryStorage;
import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published suite over files that two hosts see, the ssh transport, the helper and its guard. */
@TriedOn("two hosts with a shared folder")
@ExtendWith(LabExtension.class)
class DirectoryLabTest extends StorageDriverBehaviour {
    private static @Nullable Lab lab;
    private static @Nullable HostTransport transport;

    @BeforeAll
    static void connect(Lab shared) {
        lab = shared;
        transport = LoopLabTest.transport(shared);
    }

    @AfterAll
    static void disconnect() {
        if (transport != null) {
            transport.close();
        }
    }

    @Override
    protected StorageWorld openWorld() {
        var on = lab;
        var way = transport;
        if (on == null || way == null) {
            throw new IllegalStateException("no lab");
        }
        return new RealStorageWorld(on, folder -> new DirectoryStorage(folder, way, Clock.systemUTC()));
    }
}
