package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.VmDirectory;
import java.util.List;
import java.util.Set;

/**
 * The facts a termination is planned from.
 *
 * @param views the VM as every reachable host sees it
 * @param silentHosts hosts that didn't answer
 * @param deadHosts hosts that the user claims to be dead
 * @param checkpoints all of this VM's that aren't gone, and where each is attached
 * @param homes its directories, as far as any host or checkpoint tells
 * @param deletesHomes they are to go with it
 * @param obstacles why they can't go with it; of no matter when they are to stay
 */
public record TerminateSurvey(
        FencingToken token,
        List<GuestView> views,
        Set<HostRef> silentHosts,
        Set<HostRef> deadHosts,
        List<Attached> checkpoints,
        List<Home> homes,
        boolean deletesHomes,
        List<Failure> obstacles,
        String linkFolder) {

    /** Where a host that has a checkpoint attached may have a link to it. */
    String link() {
        return linkFolder + "/" + token.vm().uuid() + "/checkpoint";
    }

    /** A directory of the VM's, and a host that sees it. */
    public record Home(VmDirectory directory, HostRef at) {}

    /** A checkpoint and the hosts that have its volume attached. */
    public record Attached(Entry entry, Set<HostRef> hosts) {}
}
