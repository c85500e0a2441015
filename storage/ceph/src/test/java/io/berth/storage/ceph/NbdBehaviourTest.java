package io.berth.storage.ceph;

import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;

/** The published suite on fake hosts that can attach by {@link AttachWay#NBD} alone. */
@TriedOn("stand-ins of Ceph's programs, by nbd")
class NbdBehaviourTest extends StorageDriverBehaviour {
    @Override
    protected StorageWorld openWorld() {
        return new FakeCephWorld(AttachWay.NBD);
    }
}
