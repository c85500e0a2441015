package io.berth.lab;

import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.HostRef;
import io.berth.engine.Watch;
import java.nio.file.Path;

/**
 * A process of its own that brings one VM to another host together with its directory. Arguments: folder of the
 * installation, VM, host.
 */
final class CarryingEngine {
    private CarryingEngine() {}

    public static void main(String[] words) {
        try (var engine = Site.openWithFolders(Path.of(words[0]))) {
            var request = MigrateRequest.of(words[1], new HostRef(words[2]), MigrationMode.COLD);
            engine.machines().migrate(request, Watch.none());
        }
    }
}
