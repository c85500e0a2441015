package io.berth.simulator.checker;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import java.util.Set;

/**
 * What a run is about, so that its end can be judged.
 *
 * @param persistent the guest's host keeps its definition
 * @param ownerPaused its owner had paused it, and it is to stay so
 * @param declaredDead hosts a person has called dead: what lies on their disks is out of reach
 */
public record Expectation(VmRef vm, boolean persistent, boolean ownerPaused, Set<HostRef> declaredDead) {
    public Expectation {
        declaredDead = Set.copyOf(declaredDead);
    }
}
