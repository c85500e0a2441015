package example;

import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;

/** The published suite on the example. */
class ShelfBehaviourTest extends StorageDriverBehaviour {
    @Override
    protected StorageWorld openWorld() {
        return new ShelfWorld();
    }
}
