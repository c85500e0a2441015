package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import java.util.List;
import java.util.Set;

/**
 * The facts a resume is planned from.
 *
 * @param views the VM as every reachable host sees it
 * @param silentHosts hosts that didn't answer
 * @param deadHosts hosts that the user claims to be dead
 * @param obstacles why the guest couldn't go on at the target
 * @param moves VM directories that go along
 * @param definition transformed for the target
 */
public record ResumeSurvey(
        FencingToken token,
        CheckpointLedger.Entry checkpoint,
        CheckpointRecord record,
        HostRef target,
        List<GuestView> views,
        Set<HostRef> silentHosts,
        Set<HostRef> deadHosts,
        List<Failure> obstacles,
        List<DirectoryMove> moves,
        String definition,
        String linkFolder) {}
