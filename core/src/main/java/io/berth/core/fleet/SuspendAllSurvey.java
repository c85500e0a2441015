package io.berth.core.fleet;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.MemoryEstimate;
import io.berth.driver.storage.Capacity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The facts that suspending many is planned from.
 *
 * @param thin a volume takes only what is written to it
 * @param within how long there is power, if that is limited
 */
record SuspendAllSurvey(
        List<Candidate> candidates,
        List<Failure> silent,
        String datastore,
        boolean thin,
        Capacity room,
        Pace pace,
        Optional<Duration> within) {

    /**
     * A guest that has memory.
     *
     * @param obstacle why it can't be saved
     */
    record Candidate(GuestView view, MemoryEstimate estimate, Optional<Failure> obstacle) {
        DataSize need() {
            return estimate.need();
        }
    }
}
