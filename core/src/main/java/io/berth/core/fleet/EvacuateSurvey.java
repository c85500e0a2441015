package io.berth.core.fleet;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestView;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The facts that an evacuation is planned from.
 *
 * @param free memory of each host that answers and that VMs may go to
 * @param ways asks whether a VM can go somewhere: only of those that may be chosen, since it takes several looks
 * @param datastore that checkpoints on the way go onto; empty when there is none
 * @param pace of that datastore
 */
record EvacuateSurvey(
        HostRef host,
        List<Candidate> candidates,
        List<Failure> silent,
        SortedMap<HostRef, DataSize> free,
        Ways ways,
        Optional<String> datastore,
        Optional<Pace> pace) {

    /**
     * A guest that has memory on the host.
     *
     * @param guest empty when nothing could be learned of it, or nothing can be done with it
     * @param need about how much of its memory is to be moved
     * @param obstacle why nothing can be done with it
     */
    record Candidate(GuestView view, Optional<GuestDescription> guest, DataSize need, Optional<Failure> obstacle) {}

    /** Whether a guest can go to a host. */
    @FunctionalInterface
    interface Ways {
        /** Why not; empty when it can. */
        Optional<Failure> obstacle(GuestDescription guest, HostRef target, Way way);
    }
}
