package io.berth.storage.loop;

import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The published suite with the kernel's loop devices, util-linux and the host helper. Needs root and the helper built. */
@TriedOn("the build machine's loop devices")
class LoopOnThisMachineLabTest extends StorageDriverBehaviour {
    private static @Nullable NamespaceHost first;
    private static @Nullable NamespaceHost second;

    @BeforeAll
    static void startHosts() {
        first = new NamespaceHost(240);
        second = new NamespaceHost(244);
    }

    @AfterAll
    static void endHosts() {
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
    }

    @Override
    protected StorageWorld openWorld() {
        var one = first;
        var two = second;
        if (one == null || two == null) {
            throw new IllegalStateException("no hosts");
        }
        var helper = Path.of(System.getProperty("berth.root", "."), "host-helper", "build", "berth-host");
        try {
            return new NamespaceWorld(one, two, helper.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
