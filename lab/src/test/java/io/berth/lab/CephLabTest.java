package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published suite over a real Ceph cluster, two hosts, the ssh transport, the helper and its guard. */
@TriedOn("two hosts and a real cluster, by export")
@ExtendWith(LabExtension.class)
class CephLabTest extends StorageDriverBehaviour {
    private final Lab lab;
    private final HostTransport transport;

    CephLabTest(Lab lab, HostTransport transport) {
        this.lab = lab;
        this.transport = transport;
    }

    @BeforeAll
    static void start(Lab shared) {
        shared.ceph().up();
    }

    @Override
    protected StorageWorld openWorld() {
        return new CephWorld(lab, transport);
    }
}
