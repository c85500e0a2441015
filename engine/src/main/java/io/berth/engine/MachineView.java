package io.berth.engine;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A VM as it is now.
 *
 * @param host where it is; where it was last, when it is suspended
 * @param reason the hypervisor's own word for the state, for people; may be empty
 * @param checkpoint the complete and unused one, if there is one
 * @param since when it was suspended, if it is
 */
public record MachineView(
        VmRef vm,
        MachineState state,
        HostRef host,
        String reason,
        Optional<VolumeRef> checkpoint,
        Optional<Instant> since) {}
