package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.storage.loop.LoopStorage;
import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;
import io.berth.transport.HostAddress;
import io.berth.transport.TransportSettings;
import io.berth.transport.Transports;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published suite over two hosts, the ssh transport, the helper and its guard. */
@TriedOn("two hosts with the kernel's loop devices")
@ExtendWith(LabExtension.class)
class LoopLabTest extends StorageDriverBehaviour {
    private static @Nullable Lab lab;
    private static @Nullable HostTransport transport;

    @BeforeAll
    static void connect(Lab shared) {
        lab = shared;
        transport = transport(shared);
    }

    static HostTransport transport(Lab lab) {
        var ssh = List.of("ssh", "-F", lab.sshConfiguration().toString());
        return new Transports(
                host -> new HostAddress.Ssh("root@" + host),
                TransportSettings.defaults().withSsh(ssh));
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
        return new RealStorageWorld(on, folder -> new LoopStorage(folder, way, Clock.systemUTC()));
    }
}
