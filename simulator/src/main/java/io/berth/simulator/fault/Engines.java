package io.berth.simulator.fault;

import io.berth.core.operation.Fanout;
import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.MemoryPlace;
import io.berth.core.operation.OperationSettings;
import io.berth.core.operation.Operations;
import io.berth.core.operation.StandardPlanners;
import io.berth.core.operation.Wiring;
import io.berth.core.step.StandardHandlers;
import io.berth.driver.OperationId;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.driver.SimulatedDrivers;
import io.berth.simulator.driver.SimulatedJournal;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts engines on one world and one journal. */
public final class Engines {
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofSeconds(1));

    private final World world;
    private final JournalStore journal;
    private final Variation variation;
    private final Map<String, MemoryPlace> places;
    private int started;
    private int operations;

    public Engines(World world, JournalStore journal, Variation variation) {
        this(world, journal, variation, Map.of());
    }

    /** @param places as in {@link OperationSettings} */
    public Engines(World world, JournalStore journal, Variation variation, Map<String, MemoryPlace> places) {
        this.world = world;
        this.journal = journal;
        this.variation = variation;
        this.places = places;
    }

    /** A process with everything Berth is made of. */
    public record Engine(EngineProcess process, Operations operations) {}

    Engine start(Boundary boundary) {
        return start(boundary, variation);
    }

    /** One that is as it should be, to set the stage for others. */
    Engine startSound(Boundary boundary) {
        return start(boundary, Variation.NONE);
    }

    private Engine start(Boundary boundary, Variation how) {
        var process = startProcess();
        return new Engine(process, new Operations(wiring(boundary, process, this::nextId, Heartbeat.none(), how)));
    }

    /** A process of which the journal knows that it lives. */
    public EngineProcess startProcess() {
        var process = new EngineProcess(++started);
        journal.started(process);
        return process;
    }

    /** An id that no operation of this world has had. */
    public OperationId nextId() {
        return new OperationId(String.format("op%08d", ++operations));
    }

    /** What a process is made of, for one of its users; several may ask at once. */
    public Wiring wiring(Boundary boundary, EngineProcess process, Supplier<OperationId> ids, Heartbeat heartbeat) {
        return wiring(boundary, process, ids, heartbeat, variation);
    }

    private Wiring wiring(
            Boundary boundary, EngineProcess process, Supplier<OperationId> ids, Heartbeat heartbeat, Variation how) {
        var sound = new Wiring(
                new SimulatedDrivers(boundary, process),
                new SimulatedJournal(journal, boundary, process, how.journalChecksEpochs()),
                process.owner(),
                new OperationSettings("/var/lib/berth/links", Optional.empty(), Map.of(), places),
                new StandardHandlers(),
                new StandardPlanners(),
                ids,
                Fanout.inTurn(),
                heartbeat,
                world::pass,
                PAUSES,
                world.clock());
        return how.rewire(sound, process, world);
    }
}
