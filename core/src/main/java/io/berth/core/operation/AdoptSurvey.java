package io.berth.core.operation;

import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The facts an adoption is planned from.
 *
 * @param found the volume, if it is there
 * @param known what the ledger has of it already
 * @param at where it was saved, and is looked at
 * @param views the VM as every reachable host sees it
 * @param silentHosts hosts that didn't answer and aren't called dead
 * @param unused complete checkpoints of this VM
 */
public record AdoptSurvey(
        FencingToken token,
        VolumeRef volume,
        Optional<VolumeInfo> found,
        Optional<Entry> known,
        HostRef at,
        List<GuestView> views,
        Set<HostRef> silentHosts,
        List<Entry> unused) {}
