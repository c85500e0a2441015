package io.berth.opennebula.walk;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VmDirectory;
import io.berth.simulator.world.Guest;

/** A VM of the site: its guest, and what the core believes of it. */
final class WalkedVm {
    private final int number;
    private final Guest guest;
    private Standing standing;

    WalkedVm(int number, Guest guest, Standing standing) {
        this.number = number;
        this.guest = guest;
        this.standing = standing;
    }

    static String name(int number) {
        return "one-" + number;
    }

    int number() {
        return number;
    }

    Guest guest() {
        return guest;
    }

    VmRef ref() {
        return guest.vm();
    }

    Standing standing() {
        return standing;
    }

    HostRef host() {
        return standing.host();
    }

    void believe(Standing other) {
        standing = other;
    }

    /** Where its directory is believed to be. */
    VmDirectory directory() {
        return standing.home().datastore().directory(number);
    }

    @Override
    public String toString() {
        return "VM " + number;
    }
}
