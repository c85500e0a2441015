package io.berth.opennebula.walk.simulated;

import io.berth.driver.VmRef;
import io.berth.opennebula.walk.Standing;
import io.berth.opennebula.walk.WalkedVm;
import io.berth.simulator.world.Guest;

/** A VM with its simulated guest. */
final class SimulatedVm extends WalkedVm {
    private final Guest guest;

    SimulatedVm(int number, Guest guest, Standing standing) {
        super(number, standing);
        this.guest = guest;
    }

    Guest guest() {
        return guest;
    }

    VmRef ref() {
        return guest.vm();
    }
}
