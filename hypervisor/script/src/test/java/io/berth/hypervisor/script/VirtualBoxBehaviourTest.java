package io.berth.hypervisor.script;

import io.berth.tck.HypervisorDriverBehaviour;
import io.berth.tck.HypervisorWorld;
import io.berth.tck.TriedOn;

/** The published suite over the example's scripts. */
@TriedOn("the example's scripts, a stand-in of VBoxManage")
class VirtualBoxBehaviourTest extends HypervisorDriverBehaviour {
    @Override
    protected HypervisorWorld openWorld() {
        return new VirtualBoxStandInWorld();
    }
}
