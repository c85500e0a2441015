package io.berth.opennebula.walk;

import io.berth.driver.HostRef;

/** A VM of a site: what the core believes of it. */
public class WalkedVm {
    private final int number;
    private Standing standing;

    protected WalkedVm(int number, Standing standing) {
        this.number = number;
        this.standing = standing;
    }

    public static String name(int number) {
        return "one-" + number;
    }

    public final int number() {
        return number;
    }

    /** Of its guest. */
    public final String name() {
        return name(number);
    }

    public final Standing standing() {
        return standing;
    }

    public final HostRef host() {
        return standing.host();
    }

    final void believe(Standing other) {
        standing = other;
    }

    @Override
    public final String toString() {
        return "VM " + number;
    }
}
