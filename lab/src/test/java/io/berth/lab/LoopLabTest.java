package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.storage.loop.LoopStorage;
import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;
import java.time.Clock;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published suite over two hosts, the ssh transport, the helper and its guard. */
@TriedOn("two hosts with the kernel's loop devices")
@ExtendWith(LabExtension.class)
class LoopLabTest extends StorageDriverBehaviour {
    private final Lab lab;
    private final HostTransport transport;

    LoopLabTest(Lab lab, HostTransport transport) {
        this.lab = lab;
        this.transport = transport;
    }

    @Override
    protected StorageWorld openWorld() {
        return new RealStorageWorld(lab, folder -> new LoopStorage(folder, transport, Clock.systemUTC()));
    }
}
