package io.berth.core.operation;

import io.berth.driver.DataSize;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.HypervisorCapabilities;
import io.berth.driver.hypervisor.MemoryEstimate;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.StorageCapabilities;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The facts a suspend is planned from.
 *
 * @param token the operation's right; its id names the volume
 * @param otherCopies the same VM seen alive on other hosts
 * @param checkpoints unconsumed complete ones of this VM, on any datastore
 * @param writers the site's order for this datastore, or the user's choice alone
 * @param staging where the memory goes first; empty: straight onto the volume
 */
public record SuspendSurvey(
        FencingToken token,
        GuestDescription guest,
        List<GuestView> otherCopies,
        List<CheckpointLedger.Entry> checkpoints,
        MemoryEstimate estimate,
        String hypervisor,
        HypervisorCapabilities hypervisorCan,
        String datastore,
        StorageCapabilities storageCan,
        Capacity room,
        List<MemoryWriter> writers,
        Optional<Staging> staging,
        Optional<DataSize> volumeSize,
        boolean checksum,
        String linkFolder,
        Instant now) {

    public HostRef host() {
        return guest.view().host();
    }
}
