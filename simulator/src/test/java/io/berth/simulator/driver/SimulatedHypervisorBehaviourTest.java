package io.berth.simulator.driver;

import io.berth.tck.HypervisorDriverBehaviour;
import io.berth.tck.HypervisorWorld;

/** The published suite on the hypervisor that faults are tried on. */
class SimulatedHypervisorBehaviourTest extends HypervisorDriverBehaviour {
    @Override
    protected HypervisorWorld openWorld() {
        return new SimulatedHypervisorWorld();
    }
}
