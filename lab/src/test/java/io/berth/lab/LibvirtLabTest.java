package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.tck.HypervisorDriverBehaviour;
import io.berth.tck.HypervisorWorld;
import io.berth.tck.TriedOn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published suite with real libvirt, QEMU and guests, through ssh, the helper and its guard. */
@TriedOn("two hosts with libvirt and QEMU, real guests")
@ExtendWith(LabExtension.class)
class LibvirtLabTest extends HypervisorDriverBehaviour {
    private static @Nullable Lab lab;
    private static @Nullable HostTransport transport;
    private static List<GuestTemplate> templates = List.of();

    @BeforeAll
    static void bootTemplates(Lab shared) {
        lab = shared;
        transport = LoopLabTest.transport(shared);
        templates = List.of(GuestTemplate.boot(shared, "template-a"), GuestTemplate.boot(shared, "template-b"));
    }

    @AfterAll
    static void disconnect() {
        if (transport != null) {
            transport.close();
        }
    }

    @Override
    protected HypervisorWorld openWorld() {
        var on = lab;
        var way = transport;
        if (on == null || way == null) {
            throw new IllegalStateException("no lab");
        }
        return new RealHypervisorWorld(on, way, templates);
    }
}
