package io.berth.cli;

import io.berth.engine.Engine;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.configuration.LogLevel;
import io.berth.engine.embedded.EmbeddedEngines;

/** Opens engines of this process, with the log as configured. */
final class LoggedEngines {
    private LoggedEngines() {}

    static Engine open(Home home, boolean debug) {
        var configuration = Configuration.read(home.configuration());
        LogSetup.choose(home.log(), debug || configuration.logLevel() == LogLevel.DEBUG, debug);
        return EmbeddedEngines.open(home, configuration);
    }
}
