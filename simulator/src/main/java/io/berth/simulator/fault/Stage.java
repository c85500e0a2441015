package io.berth.simulator.fault;

import io.berth.core.operation.AdoptRequest;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.core.operation.RehearseRequest;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VmDirectory;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.checker.Expectation;
import io.berth.simulator.checker.PromiseChecker;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.world.Content;
import io.berth.simulator.world.Copy;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.Image;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A world made ready for one scenario: two hosts, the second with more memory, the guest, somebody else's checkpoint that must come to no harm, old
 * images on recycled storage and stale blocks in caches.
 */
final class Stage {
    static final HostRef FIRST = new HostRef("h1");
    static final HostRef SECOND = new HostRef("h2");
    private static final String DATASTORE = "store";
    static final VolumeRef FOREIGN = new VolumeRef(DATASTORE, "one-sys-7-checkpoint");
    static final String FILES = "files";
    private static final DataSize MEMORY = DataSize.ofMebibytes(256);

    private final Scenario scenario;
    private final World world;
    private final JournalStore journal = new JournalStore();
    private final PromiseChecker checker;
    private final Engines engines;
    private final Guest guest;
    private boolean staysPaused;

    Stage(Scenario scenario, Variation variation, long seed) {
        this.scenario = scenario;
        this.world = new World(seed, variation.hostsRefuseLowerEpochs());
        var first = world.addHost(FIRST.name(), MEMORY.plus(MEMORY));
        var second = world.addHost(SECOND.name(), MEMORY.plus(MEMORY).plus(MEMORY));
        var datastore = world.addDatastore(DATASTORE, scenario.storage());
        this.checker = new PromiseChecker(world, journal);
        var places = scenario.place().map(place -> Map.of(FILES, place)).orElseGet(Map::of);
        this.engines = new Engines(world, journal, variation, places);

        bystander(second);
        this.guest = world.addGuest("guest", MEMORY, DataSize.ofMebibytes(100).bytes() + world.chance(1 << 20));
        scenario.folders().ifPresent(kind -> {
            world.addFolders(FILES, kind);
            world.putIntoDirectory(
                    guest, first, new VmDirectory(FILES, guest.vm().name()));
        });
        var copy = world.boot(guest, first, scenario.persistent());
        if (scenario.autostart()) {
            first.definitions().put(guest.vm().uuid(), guest.autostartedDefinition());
        }
        var old = Content.finished(copy.image());
        var recycled = datastore.recycled(old);
        second.cache(recycled, old);
        first.cache(recycled, old);
        world.pass(Duration.ofSeconds(1));
        if (scenario.ownerPaused()) {
            copy.pause();
        }
        staysPaused = scenario.ownerPaused();
        if (scenario.task() == Scenario.Task.ADOPT) {
            saveByOthers(first, copy);
        }
        checker.takeBaseline();
        if (scenario.task().beginsSuspended()) {
            suspend();
        }
        if (scenario.task() == Scenario.Task.MIGRATE_IN_VAIN) {
            second.refuseRestores();
        }
        if (scenario.task() == Scenario.Task.RESUME_BESIDE_INTRUDER) {
            checker.intruded();
            world.boot(guest, first, scenario.persistent());
        }
        if (scenario.task().givesUp()) {
            checker.givenUp(vm());
        }
        if (scenario.task() == Scenario.Task.TERMINATE_WITH_DIRECTORY) {
            checker.diskGivenUp(vm());
        }
    }

    /** Another guest's checkpoint. Whenever a host comes up, somebody has it attached there before Berth looks. */
    private void bystander(SimulatedHost host) {
        var other =
                world.addGuest("bystander", MEMORY, DataSize.ofMebibytes(120).bytes());
        var image = world.boot(other, host, false).image();
        host.remove(other.vm().uuid());
        var datastore = world.datastore(DATASTORE);
        var operation = new OperationId("bystanders");
        var ref = new VolumeRef(DATASTORE, "berth-ckpt-" + operation);
        var volume = datastore.create(ref, MEMORY);
        volume.extent().leave(Content.finished(image));
        for (var state : List.of(CheckpointState.ALLOCATED, CheckpointState.WRITING, CheckpointState.COMPLETE)) {
            datastore.advance(
                    ref, new Transition(1, state, operation, world.clock().instant()));
        }
        datastore.describe(record(ref, image, host, operation));
        world.afterPowerOn(up -> up.attach(ref));
    }

    /** As stock drivers do: a volume of their own naming, as long as the image, and nothing about it anywhere else. */
    private void saveByOthers(SimulatedHost host, Copy copy) {
        copy.pause();
        var image = copy.image().labelled(scenario.ownerPaused());
        world.datastore(DATASTORE)
                .create(FOREIGN, new DataSize(image.length()))
                .extent()
                .leave(Content.finished(image));
        host.remove(guest.vm().uuid());
    }

    private CheckpointRecord record(VolumeRef ref, Image image, SimulatedHost host, OperationId operation) {
        var now = world.clock().instant();
        return new CheckpointRecord(
                CheckpointRecord.FORMAT,
                ref,
                CheckpointPurpose.SUSPEND,
                image.vm(),
                host.ref(),
                operation,
                1,
                "simulated",
                new GuestProfile("x86_64", "pc-i440fx-7.2", "qemu64", "7.2.19", MEMORY, List.of()),
                image.definition(),
                Optional.empty(),
                false,
                new DataSize(image.length()),
                "digest",
                Optional.empty(),
                true,
                now,
                Optional.of(now));
    }

    Boundary calm() {
        return new Boundary(world, Injector.none(), checker::look);
    }

    private void suspend() {
        var engine = engines.startSound(calm());
        var options = engine.operations().options();
        var result = scenario.task() == Scenario.Task.START
                ? engine.operations().stop(suspendRequest(), options)
                : engine.operations().suspend(suspendRequest(), options);
        if (!result.succeeded()) {
            throw new IllegalStateException("the stage can't be set: " + result.message());
        }
        engine.process().die();
    }

    private SuspendRequest suspendRequest() {
        var roomy = scenario.task().saves() ? Optional.<DataSize>empty() : Optional.of(MEMORY);
        return new SuspendRequest(
                guest.vm().uuid().toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(scenario.writer()),
                roomy,
                false);
    }

    /** What the scenario is about, as its user asks for it. */
    RunResult ask(Engines.Engine engine, Set<HostRef> dead) {
        var operations = engine.operations();
        var options = operations.options().withDead(dead);
        return switch (scenario.task()) {
            case SUSPEND -> operations.suspend(suspendRequest(), options);
            case STOP -> operations.stop(suspendRequest(), options);
            case START -> operations.start(new StartRequest(name(), Optional.empty(), dead), options);
            case RESUME_SAME_HOST -> operations.resume(resumeRequest(FIRST, dead), options);
            case RESUME_OTHER_HOST, RESUME_BESIDE_INTRUDER -> operations.resume(resumeRequest(SECOND, dead), options);
            case MIGRATE, MIGRATE_IN_VAIN -> operations.migrate(migrateRequest(MigrationMode.COLD), options);
            case MIGRATE_LIVE -> operations.migrate(migrateRequest(MigrationMode.LIVE), options);
            case TERMINATE_RUNNING, TERMINATE_SUSPENDED ->
                operations.terminate(new TerminateRequest(name(), dead, false), options);
            case TERMINATE_WITH_DIRECTORY -> operations.terminate(new TerminateRequest(name(), dead, true), options);
            case VERIFY -> operations.verify(name(), SECOND, false, options);
            case DELETE -> operations.delete(name(), true, options);
            case ADOPT -> operations.adopt(new AdoptRequest(FOREIGN, guest.vm(), FIRST, dead), options);
            case MOVE_DIRECTORY -> operations.moveDirectory(moveRequest(), options);
            case REHEARSE -> operations.rehearse(new RehearseRequest(DATASTORE, FIRST, SECOND), options);
        };
    }

    private MigrateRequest migrateRequest(MigrationMode mode) {
        return new MigrateRequest(suspendRequest(), SECOND, mode);
    }

    private MoveDirectoryRequest moveRequest() {
        return new MoveDirectoryRequest(guest.vm(), guest.directory().orElseThrow(), FIRST, SECOND);
    }

    /** Somebody looks at what stands alone at a target. */
    void decide() {
        staysPaused &= !world.decideByHand(guest);
    }

    /** Brings the guest back wherever there is a host that runs. */
    RunResult resume(Engines.Engine engine, Set<HostRef> dead) {
        var isBarred = world.host(SECOND).refusesRestores() || scenario.isMisled();
        var at = dead.contains(SECOND) || isBarred ? FIRST : SECOND;
        return engine.operations()
                .resume(resumeRequest(at, dead), engine.operations().options().withDead(dead));
    }

    RunResult suspendAgain(Engines.Engine engine) {
        return engine.operations()
                .suspend(
                        new SuspendRequest(
                                name(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(MEMORY),
                                false),
                        engine.operations().options());
    }

    private ResumeRequest resumeRequest(HostRef at, Set<HostRef> dead) {
        return new ResumeRequest(name(), Optional.of(at), dead);
    }

    private String name() {
        return guest.vm().uuid().toString();
    }

    VmRef vm() {
        return guest.vm();
    }

    /** The host that is named when a fault concerns none in particular. */
    HostRef main() {
        return switch (scenario.task()) {
            case SUSPEND,
                    STOP,
                    RESUME_SAME_HOST,
                    DELETE,
                    ADOPT,
                    MIGRATE,
                    MIGRATE_IN_VAIN,
                    MIGRATE_LIVE,
                    TERMINATE_RUNNING,
                    TERMINATE_SUSPENDED,
                    TERMINATE_WITH_DIRECTORY,
                    MOVE_DIRECTORY,
                    REHEARSE -> FIRST;
            case START, RESUME_OTHER_HOST, RESUME_BESIDE_INTRUDER, VERIFY -> SECOND;
        };
    }

    /** Where the guest is to go on, if anywhere else. */
    HostRef target() {
        return scenario.task() == Scenario.Task.RESUME_SAME_HOST ? FIRST : SECOND;
    }

    Expectation expectation(Set<HostRef> dead) {
        return new Expectation(guest.vm(), scenario.persistent(), staysPaused, dead);
    }

    Scenario scenario() {
        return scenario;
    }

    World world() {
        return world;
    }

    JournalStore journal() {
        return journal;
    }

    PromiseChecker checker() {
        return checker;
    }

    Engines engines() {
        return engines;
    }
}
