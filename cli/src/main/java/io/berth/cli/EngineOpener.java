package io.berth.cli;

import io.berth.engine.Engine;
import io.berth.engine.configuration.Home;

/** Opens the engine of a home. */
@FunctionalInterface
interface EngineOpener {
    /**
     * @param debug shows what is done on standard error, as the log would have it
     * @throws io.berth.driver.Failure when configuration or journal can't be used
     */
    Engine open(Home home, boolean debug);
}
