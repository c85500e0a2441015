package io.berth.bench.engine;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Owner;
import io.berth.core.operation.Fanout;
import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.OperationSettings;
import io.berth.core.operation.Operations;
import io.berth.core.operation.StandardPlanners;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.Wiring;
import io.berth.core.step.StandardHandlers;
import io.berth.driver.DataSize;
import io.berth.driver.OperationId;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.driver.SimulatedDrivers;
import io.berth.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A guest with two hosts and a datastore of its own, which answer at once; only the journal is real. Used by one thread. */
public final class SimulatedVm {
    private static final DataSize MEMORY = DataSize.ofMebibytes(256);
    private static final DataSize IMAGE = DataSize.ofMebibytes(100);

    private final String name;
    private final Operations operations;

    /** What all VMs of one engine have in common. */
    public record Common(
            Journal journal, Owner owner, Supplier<OperationId> ids, Heartbeat heartbeat, Injector injector) {}

    public SimulatedVm(int number, Common common) {
        this.name = "vm-" + number;
        var world = new World(number, true);
        world.silence();
        var host = world.addHost("h1", MEMORY.plus(MEMORY));
        world.addHost("h2", MEMORY.plus(MEMORY));
        world.addDatastore("store", new StorageCapabilities(true, true, true, true, false));
        world.boot(world.addGuest(name, MEMORY, IMAGE.bytes()), host, true);
        var boundary = new Boundary(world, common.injector(), () -> {});
        this.operations = new Operations(new Wiring(
                new SimulatedDrivers(boundary, new EngineProcess(number)),
                common.journal(),
                common.owner(),
                new OperationSettings("/var/lib/berth/links", Optional.empty(), Map.of(), Map.of()),
                new StandardHandlers(),
                new StandardPlanners(),
                common.ids(),
                Fanout.inTurn(),
                common.heartbeat(),
                world::pass,
                List.of(),
                world.clock()));
    }

    public String name() {
        return name;
    }

    /** @throws IllegalStateException when it isn't suspended then */
    public void suspend() {
        var result = operations.suspend(SuspendRequest.of(name), operations.options());
        if (!result.succeeded()) {
            throw new IllegalStateException(name + " wasn't suspended: " + result.message());
        }
    }
}
