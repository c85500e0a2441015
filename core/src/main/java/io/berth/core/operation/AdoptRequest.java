package io.berth.core.operation;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import java.util.Set;

/**
 * "In this volume is a guest that something else saved: it is a checkpoint from now on."
 *
 * @param vm whose memory it is said to be, by its UUID; an image of another is refused. The name is for people: the image
 *     tells its own
 * @param host where it was saved, which is also where it is looked at
 * @param deadHosts hosts that the user claims to be dead
 */
public record AdoptRequest(VolumeRef volume, VmRef vm, HostRef host, Set<HostRef> deadHosts) {
    public AdoptRequest {
        deadHosts = Set.copyOf(deadHosts);
    }
}
