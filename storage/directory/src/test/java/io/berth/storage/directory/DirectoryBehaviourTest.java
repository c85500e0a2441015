package io.berth.storage.directory;

import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;

/** The published suite on fake hosts; the lab runs it on real ones. */
@TriedOn("stand-ins of hosts")
class DirectoryBehaviourTest extends StorageDriverBehaviour {
    @Override
    protected StorageWorld openWorld() {
        return new FakeWorld();
    }
}
