package io.berth.opennebula.walk;

import io.berth.driver.HostRef;

/** What the core believes of a VM. */
public record Standing(State state, Home home) {
    public enum State {
        RUNNING,
        SUSPENDED,
        /** Saved, its directory on the front-end. */
        STOPPED,
        POWEROFF,
        /** Shut down, its directory on the front-end. */
        UNDEPLOYED
    }

    /** Where a VM's directory is. */
    public record Home(HostRef host, SystemDatastore datastore) {
        public Home on(HostRef other) {
            return new Home(other, datastore);
        }

        @Override
        public String toString() {
            return host + ":" + datastore.number();
        }
    }

    public HostRef host() {
        return home.host();
    }

    Standing as(State other) {
        return new Standing(other, home);
    }

    Standing on(HostRef other) {
        return new Standing(state, home.on(other));
    }

    @Override
    public String toString() {
        return state + " at " + home;
    }
}
