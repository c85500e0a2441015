package io.berth.storage.ceph;

import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;

/** The published suite on fake hosts that can attach by {@link AttachWay#NBD} alone. */
class NbdBehaviourTest extends StorageDriverBehaviour {
    @Override
    protected StorageWorld openWorld() {
        return new FakeCephWorld(AttachWay.NBD);
    }
}
