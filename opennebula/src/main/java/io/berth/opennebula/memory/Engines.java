package io.berth.opennebula.memory;

import io.berth.driver.Failure;
import io.berth.engine.Engine;

/** Where this driver finds an engine. Thread-safe. */
@FunctionalInterface
public interface Engines {
    /**
     * The daemon's if one serves, else one of this process. It may be another each time, and belongs to whoever made it:
     * nobody else closes it.
     *
     * @throws Failure when configuration or journal can't be used
     */
    Engine engine();
}
