package io.berth.driver.storage;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import java.util.List;

/**
 * Cuts a host that can't be asked any more off from one volume. Only whoever has taken the VM's operation over, and was
 * told that the host is dead, has a reason to. Thread-safe.
 */
public interface Fencing {
    /**
     * Takes the host's access to the volume away, without the host's help and without touching what else it has: when
     * this returns, nothing that the host has open or had sent can change the volume any more. What it attaches anew
     * later is an access of its own. Without access already is fine.
     *
     * @return whom the storage doesn't listen to any more, in its own words, to be written down; empty when the host had
     *     no access
     * @throws io.berth.driver.Failure {@code volume.not-cut-off} (CONFLICT) when somebody has the volume open and it
     *     isn't known that it's that host, or the storage goes on listening to it; {@code storage.denied} (ENVIRONMENT)
     */
    List<String> cutOff(Call call, VolumeRef volume, HostRef host);
}
