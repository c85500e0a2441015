package io.berth.core.operation;

import io.berth.driver.HostRef;
import java.util.Set;

/**
 * The facts a stop is planned from.
 *
 * @param saving as for a suspend
 * @param elsewhere other hosts that could reach the checkpoint
 */
public record StopSurvey(SuspendSurvey saving, Set<HostRef> elsewhere) {
    public StopSurvey {
        elsewhere = Set.copyOf(elsewhere);
    }
}
