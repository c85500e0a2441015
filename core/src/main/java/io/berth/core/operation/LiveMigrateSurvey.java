package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.HypervisorCapabilities;
import io.berth.driver.storage.CheckpointLedger;
import java.util.List;

/**
 * The facts a live migration is planned from.
 *
 * @param otherCopies the same VM seen alive on other hosts
 * @param checkpoints unconsumed complete ones of this VM, on any datastore
 * @param hypervisorCan of the source
 * @param knownAtTarget the target keeps a definition of the guest already
 * @param obstacles why the guest couldn't go on at the target, or not get there
 * @param moves VM directories that go along
 * @param definition transformed for the target
 */
public record LiveMigrateSurvey(
        FencingToken token,
        GuestDescription guest,
        List<GuestView> otherCopies,
        List<CheckpointLedger.Entry> checkpoints,
        HypervisorCapabilities hypervisorCan,
        HostRef target,
        boolean knownAtTarget,
        List<Failure> obstacles,
        List<DirectoryMove> moves,
        String definition) {
    public LiveMigrateSurvey {
        otherCopies = List.copyOf(otherCopies);
        checkpoints = List.copyOf(checkpoints);
        obstacles = List.copyOf(obstacles);
        moves = List.copyOf(moves);
    }

    public HostRef source() {
        return guest.view().host();
    }
}
