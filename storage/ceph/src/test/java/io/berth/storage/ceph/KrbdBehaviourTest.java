package io.berth.storage.ceph;

import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import io.berth.tck.TriedOn;

/** The published suite on fake hosts that can attach by {@link AttachWay#KRBD} alone. */
@TriedOn("stand-ins of Ceph's programs, by krbd")
class KrbdBehaviourTest extends StorageDriverBehaviour {
    @Override
    protected StorageWorld openWorld() {
        return new FakeCephWorld(AttachWay.KRBD);
    }
}
