package io.berth.simulator.history;

import java.util.List;

/** A history before it is played. The same script always gives the same history. */
record Script(long seed, List<Act> acts) {
    Script {
        acts = List.copyOf(acts);
    }
}
