package io.berth.engine.embedded;

import io.berth.core.journal.Journal;
import io.berth.engine.Engine;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.journal.sqlite.LinuxMachine;
import io.berth.journal.sqlite.ProcessOwner;
import io.berth.journal.sqlite.SqliteJournal;
import java.util.Optional;

/** Opens engines in this process. */
public final class EmbeddedEngines {
    private EmbeddedEngines() {}

    /**
     * Begins to load what {@link #open} and an engine's first question need, on a thread of its own: half of what a short
     * command takes is that, and its command line and configuration can be read meanwhile. Never needed, never fails.
     */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("berth-prepare").start(Preparation::run);
    }

    /**
     * Opens the journal of that home and the drivers of its configuration. Several processes may do so at once.
     *
     * @throws io.berth.driver.Failure {@code journal.*} (ENVIRONMENT) when the journal can't be opened
     */
    public static Engine open(Home home, Configuration configuration) {
        return open(home, configuration, Instruments.none());
    }

    /**
     * The same engine with something between its parts, for measurements.
     *
     * @throws io.berth.driver.Failure {@code journal.*} (ENVIRONMENT) when the journal can't be opened
     */
    public static Engine open(Home home, Configuration configuration, Instruments instruments) {
        var journal = instruments.journal().apply(SqliteJournal.open(home.state()));
        try {
            return engine(configuration, Optional.of(home), journal, instruments);
        } catch (RuntimeException failure) {
            journal.close();
            throw failure;
        }
    }

    /**
     * Over a journal of the caller's, with the drivers of that configuration.
     *
     * @param journal closed with the engine
     */
    public static Engine over(Journal journal, Configuration configuration) {
        return engine(configuration, Optional.empty(), journal, Instruments.none());
    }

    /** @param home empty: nothing is kept beside the journal */
    private static Engine engine(
            Configuration configuration, Optional<Home> home, Journal journal, Instruments instruments) {
        var registry = new HostRegistry(journal);
        var parts = new StandardParts(
                configuration, home.map(Home::run), host -> registry.entry(host).address(), instruments);
        var process = new LocalOwnerProcess(new LinuxMachine());
        return new EmbeddedEngine(
                configuration,
                parts,
                journal,
                registry,
                ProcessOwner.current(),
                home.map(place -> DaemonOrProcess.of(place, process)).orElse(process));
    }
}
