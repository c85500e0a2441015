package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.storage.directory.DirectoryStorage;
import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;
import java.time.Clock;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published suite over files that two hosts see, the ssh transport, the helper and its guard. */
@TriedOn("two hosts with a shared folder")
@ExtendWith(LabExtension.class)
class DirectoryLabTest extends StorageDriverBehaviour {
    private final Lab lab;
    private final HostTransport transport;

    DirectoryLabTest(Lab lab, HostTransport transport) {
        this.lab = lab;
        this.transport = transport;
    }

    @Override
    protected StorageWorld openWorld() {
        return new RealStorageWorld(lab, folder -> new DirectoryStorage(folder, transport, Clock.systemUTC()));
    }
}
