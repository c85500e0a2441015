package io.berth.simulator.fault;

import io.berth.core.operation.Wiring;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.world.World;

/** How the engine under test differs from the real one. */
public interface Variation {
    /** Berth as it is. */
    Variation NONE = new Variation() {};

    /** Replaces parts of an engine. */
    default Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return wiring;
    }

    /** Whether the journal refuses writes of a lease that was lost. */
    default boolean journalChecksEpochs() {
        return true;
    }

    /** Whether hosts refuse commands of a lower epoch. */
    default boolean hostsRefuseLowerEpochs() {
        return true;
    }
}
