package io.berth.storage.script;

import io.berth.driver.HostRef;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;
import java.util.List;
import java.util.Map;

/** The published suite with scripts that run on one machine, know the hosts by name, and can enlarge a volume. */
@TriedOn("the example's scripts, all on one machine, a stand-in of losetup")
class ScriptBehaviourFromOneMachineTest extends StorageDriverBehaviour {
    private static final StorageCapabilities ALL = new StorageCapabilities(true, true, true, true, false);

    @Override
    protected StorageWorld openWorld() {
        var world = new StandInWorld(ALL, List.of(new HostRef("front")), Map.of());
        world.hosts.replace("grow", """
                #!/bin/sh
                . "${0%/*}/common"
                truncate --size "$2" "$(image "$1")"
                """);
        // In place of a way to the host: its devices lie in a folder of its own.
        for (var name : List.of("attach", "detach")) {
            world.hosts.reach(name, "$2");
        }
        world.hosts.reach("devices", "$1");
        return world;
    }
}
