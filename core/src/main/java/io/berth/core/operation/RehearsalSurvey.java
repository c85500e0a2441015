package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.storage.Capacity;
import java.time.Instant;
import java.util.List;

/**
 * The facts a rehearsal is planned from.
 *
 * @param obstacles why one of the hosts couldn't attach volumes
 */
public record RehearsalSurvey(
        FencingToken token,
        String datastore,
        HostRef writer,
        HostRef reader,
        List<Failure> obstacles,
        Capacity room,
        Instant now) {
    public RehearsalSurvey {
        obstacles = List.copyOf(obstacles);
    }
}
