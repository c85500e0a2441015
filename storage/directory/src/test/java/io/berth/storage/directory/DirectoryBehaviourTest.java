package io.berth.storage.directory;

import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;

/** The published suite on fake hosts; the lab runs it on real ones. */
class DirectoryBehaviourTest extends StorageDriverBehaviour {
    @Override
    protected StorageWorld openWorld() {
        return new FakeWorld();
    }
}
