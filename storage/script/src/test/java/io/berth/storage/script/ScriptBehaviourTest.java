package io.berth.storage.script;

import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;

/** The published suite over the example's scripts, with a stand-in for losetup; the lab runs it with the real one. */
@TriedOn("the example's scripts, a stand-in of losetup")
class ScriptBehaviourTest extends StorageDriverBehaviour {
    @Override
    protected StorageWorld openWorld() {
        return new StandInWorld();
    }
}
