package io.berth.engine.embedded;

import io.berth.core.fleet.Crew;
import io.berth.core.fleet.Fleets;
import io.berth.core.journal.Journal;
import io.berth.core.journal.Owner;
import io.berth.core.operation.OperationSettings;
import io.berth.core.operation.Operations;
import io.berth.core.operation.Wiring;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.Checkpoints;
import io.berth.engine.Datastores;
import io.berth.engine.Engine;
import io.berth.engine.Fleet;
import io.berth.engine.Hosts;
import io.berth.engine.Machines;
import io.berth.engine.OperationBook;
import io.berth.engine.StorageScripts;
import io.berth.engine.Upkeep;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.DatastoreConfiguration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The engine in the caller's process: no daemon is needed for the first suspend. Thread-safe. */
final class EmbeddedEngine implements Engine {
    private final Journal journal;
    private final Parts parts;
    private final EmbeddedMachines machines;
    private final EmbeddedFleet fleet;
    private final EmbeddedCheckpoints checkpoints;
    private final EmbeddedOperationBook book;
    private final EmbeddedDatastores datastores;
    private final EmbeddedHosts hosts;
    private final EmbeddedUpkeep upkeep;
    private final EmbeddedScripts scripts;

    /** @param journal and the parts' transport are closed with the engine */
    EmbeddedEngine(
            Configuration configuration,
            Parts parts,
            Journal journal,
            HostRegistry registry,
            Owner owner,
            OwnerProcess ownerProcess) {
        this.journal = journal;
        this.parts = parts;
        var drivers = new SiteDrivers(parts, registry, configuration.datastores());
        var wiring = Wiring.standard(drivers, journal, owner, settings(configuration));
        var operations = new Operations(wiring);
        var running = new RunningOperations();
        var runs = new Runs(operations, journal, running);
        var survey = new Survey(operations, drivers);
        this.machines = new EmbeddedMachines(operations, drivers, survey, runs, configuration, parts::connect);
        this.fleet = new EmbeddedFleet(
                new Fleets(wiring, operations, configuration.limits(), Crew.threads()), runs, machines);
        this.checkpoints = new EmbeddedCheckpoints(operations, survey, runs);
        this.book = new EmbeddedOperationBook(journal, running, ownerProcess);
        var look = new HostLook(registry, drivers, parts.transport(), wiring.clock());
        this.datastores = new EmbeddedDatastores(drivers, operations, runs, look);
        this.hosts = new EmbeddedHosts(journal, registry, drivers, parts.setup(), look);
        this.upkeep = new EmbeddedUpkeep(
                operations, journal, runs, new Examination(configuration, journal, drivers, look, operations));
        this.scripts = new EmbeddedScripts(drivers);
    }

    private static OperationSettings settings(Configuration configuration) {
        Map<String, List<MemoryWriter>> writers = configuration.datastores().values().stream()
                .collect(Collectors.toMap(DatastoreConfiguration::name, DatastoreConfiguration::writers));
        return new OperationSettings(
                configuration.linkFolder().toString(),
                configuration.defaultDatastore(),
                writers,
                configuration.memoryPlaces());
    }

    @Override
    public Machines machines() {
        return machines;
    }

    @Override
    public Fleet fleet() {
        return fleet;
    }

    @Override
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    @Override
    public OperationBook operations() {
        return book;
    }

    @Override
    public Datastores datastores() {
        return datastores;
    }

    @Override
    public Hosts hosts() {
        return hosts;
    }

    @Override
    public Upkeep upkeep() {
        return upkeep;
    }

    @Override
    public StorageScripts scripts() {
        return scripts;
    }

    @Override
    public void close() {
        try {
            parts.transport().close();
        } finally {
            journal.close();
        }
    }
}
