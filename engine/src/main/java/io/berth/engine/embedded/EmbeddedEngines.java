package io.berth.engine.embedded;

import io.berth.core.journal.Journal;
import io.berth.engine.Engine;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.journal.sqlite.LinuxMachine;
import io.berth.journal.sqlite.ProcessOwner;
import io.berth.journal.sqlite.SqliteJournal;

/** Opens engines in this process. */
public final class EmbeddedEngines {
    private EmbeddedEngines() {}

    /**
     * Opens the journal of that home and the drivers of its configuration. Several processes may do so at once.
     *
     * @throws io.berth.driver.Failure {@code journal.*} (ENVIRONMENT) when the journal can't be opened
     */
    public static Engine open(Home home, Configuration configuration) {
        var journal = SqliteJournal.open(home.state());
        try {
            return over(journal, configuration);
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
        var registry = new HostRegistry(journal);
        var parts =
                new StandardParts(configuration, host -> registry.entry(host).address());
        return new EmbeddedEngine(
                configuration,
                parts,
                journal,
                registry,
                ProcessOwner.current(),
                new LocalOwnerProcess(new LinuxMachine()));
    }
}
