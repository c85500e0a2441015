package io.berth.core.operation;

import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.HostMemory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The facts a start is planned from.
 *
 * @param candidates hosts that answer and see the checkpoint, or the one that the user named
 * @param silentHosts hosts that didn't answer
 */
public record StartSurvey(List<Candidate> candidates, Set<HostRef> silentHosts) {
    public StartSurvey {
        candidates = List.copyOf(candidates);
    }

    /**
     * A host that the VM may be started on.
     *
     * @param there the facts, if it were resumed there
     * @param memory what the host has; empty when the user named it: then it is the user who has counted
     */
    public record Candidate(ResumeSurvey there, Optional<HostMemory> memory) {}
}
