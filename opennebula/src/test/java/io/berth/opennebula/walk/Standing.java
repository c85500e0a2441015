package io.berth.opennebula.walk;

import io.berth.driver.HostRef;

/** What the core believes of a VM. */
record Standing(State state, Home home) {
    enum State {
        RUNNING,
        SUSPENDED,
        /** Saved, its directory on the front-end. */
        STOPPED,
        POWEROFF,
        /** Shut down, its directory on the front-end. */
        UNDEPLOYED
    }

    /** Where a VM's directory is. */
    record Home(HostRef host, SystemDatastore datastore) {
        Home on(HostRef other) {
            return new Home(other, datastore);
        }

        @Override
        public String toString() {
            return host + ":" + datastore.number();
        }
    }

    HostRef host() {
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
