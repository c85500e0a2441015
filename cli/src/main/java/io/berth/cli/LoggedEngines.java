package io.berth.cli;

import io.berth.engine.Engine;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.configuration.LogLevel;
import io.berth.engine.embedded.EmbeddedEngines;
import io.berth.engine.embedded.Instruments;

/** Opens engines of this process, with the log as configured. */
final class LoggedEngines {
    private LoggedEngines() {}

    static Engine open(Home home, boolean debug) {
        return open(home, debug, Instruments.none());
    }

    /** The same with something between its parts. */
    static Engine open(Home home, boolean debug, Instruments instruments) {
        var configuration = Configuration.read(home.configuration());
        LogSetup.choose(home.log(), debug || configuration.logLevel() == LogLevel.DEBUG, debug);
        return EmbeddedEngines.open(home, configuration, instruments);
    }
}
