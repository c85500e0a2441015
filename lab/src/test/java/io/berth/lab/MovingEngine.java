package io.berth.lab;

import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.HostRef;
import io.berth.engine.Watch;
import java.nio.file.Path;

/** A process of its own that migrates one VM live, slowly. Arguments: folder of the installation, VM, host. */
final class MovingEngine {
    private MovingEngine() {}

    public static void main(String[] words) {
        try (var engine = Site.openSlow(Path.of(words[0]))) {
            var request = MigrateRequest.of(words[1], new HostRef(words[2]), MigrationMode.LIVE);
            engine.machines().migrate(request, Watch.none());
        }
    }
}
