package io.berth.simulator.lifecycle;

import io.berth.driver.HostRef;

/** Where a VM's memory is. */
public sealed interface Life {
    /** On a host, running or as its owner had paused it. */
    record Alive(HostRef host) implements Life {
        @Override
        public String toString() {
            return "alive on " + host;
        }
    }

    /** In a complete checkpoint that was never used. */
    record Saved() implements Life {
        @Override
        public String toString() {
            return "suspended";
        }
    }

    /** Nowhere: lost with its host, or given up. */
    record Gone() implements Life {
        @Override
        public String toString() {
            return "gone";
        }
    }
}
