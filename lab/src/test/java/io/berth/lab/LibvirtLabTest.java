package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.tck.HypervisorDriverBehaviour;
import io.berth.tck.HypervisorWorld;
import io.berth.tck.TriedOn;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published suite with real libvirt, QEMU and guests, through ssh, the helper and its guard. */
@TriedOn("two hosts with libvirt and QEMU, real guests")
@ExtendWith(LabExtension.class)
class LibvirtLabTest extends HypervisorDriverBehaviour {
    private static List<GuestTemplate> templates = List.of();

    private final Lab lab;
    private final HostTransport transport;

    LibvirtLabTest(Lab lab, HostTransport transport) {
        this.lab = lab;
        this.transport = transport;
    }

    @BeforeAll
    static void bootTemplates(Lab shared) {
        templates = List.of(GuestTemplate.boot(shared, "template-a"), GuestTemplate.boot(shared, "template-b"));
    }

    @Override
    protected HypervisorWorld openWorld() {
        return new RealHypervisorWorld(lab, transport, templates);
    }
}
