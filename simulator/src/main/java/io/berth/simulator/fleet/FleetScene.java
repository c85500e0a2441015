package io.berth.simulator.fleet;

import io.berth.core.fleet.Carrier;
import io.berth.core.fleet.FleetLimits;
import io.berth.core.fleet.Fleets;
import io.berth.core.operation.Operations;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.Progress;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.checker.PromiseChecker;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.fault.Engines;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.history.EngineSlot;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * Hosts full of guests, one datastore that all of them see, and an engine that works on many at once. The promise is
 * looked after at each change. Belongs to one thread.
 */
public final class FleetScene {
    private static final String DATASTORE = "store";
    /** More calls than any fleet of these tests takes. */
    private static final int LIMIT = 100_000;

    private static final StorageCapabilities THIN = new StorageCapabilities(true, true, true, true, false);

    private final World world;
    private final JournalStore journal = new JournalStore();
    private final PromiseChecker checker;
    private final TimedCrew crew;
    private final Engines engines;
    private final EngineSlot slot = new EngineSlot(0);
    private final List<Guest> guests = new ArrayList<>();
    private final Engine engine;

    /**
     * @param image what each guest's memory takes on storage; as much again is what it may get
     * @param hostMemory of each host
     * @param perSecond what the storage takes and gives, all transfers together
     */
    public FleetScene(long seed, int hosts, int guests, DataSize image, DataSize hostMemory, DataSize perSecond) {
        this(seed, hosts, hosts, guests, image, hostMemory, perSecond);
    }

    /** The same, with all guests on the first host. */
    public static FleetScene crowded(
            long seed, int hosts, int guests, DataSize image, DataSize hostMemory, DataSize perSecond) {
        return new FleetScene(seed, hosts, 1, guests, image, hostMemory, perSecond);
    }

    private FleetScene(
            long seed, int hosts, int taken, int guests, DataSize image, DataSize hostMemory, DataSize perSecond) {
        this.world = new World(seed, true);
        world.silence();
        world.addDatastore(DATASTORE, THIN);
        for (var number = 1; number <= hosts; number++) {
            world.addHost("h" + number, hostMemory);
        }
        var at = List.copyOf(world.hosts());
        for (var number = 0; number < guests; number++) {
            var guest = world.addGuest("vm" + number, image.plus(image), image.bytes());
            this.guests.add(guest);
            world.boot(guest, at.get(number % taken), true);
        }
        this.checker = new PromiseChecker(world, journal);
        this.crew =
                new TimedCrew(world, perSecond, () -> slot.beat(world.clock().instant()));
        world.pass(Duration.ofSeconds(1));
        checker.takeBaseline();
        this.engines = new Engines(world, journal, Variation.NONE);
        this.engine = start(Injector.none());
    }

    /** A process that works on all of it. */
    record Engine(EngineProcess process, Operations operations, Fleets fleets) {}

    /**
     * What another process comes to, once the one before is through, or dead; it is dead itself afterwards. Empty when it was
     * killed, or refused.
     *
     * @param injector says what becomes of its calls
     */
    <T> Optional<T> inAnother(Injector injector, Function<Engine, T> work) {
        var engine = start(injector);
        try {
            return Optional.of(work.apply(engine));
        } catch (EngineDied died) {
            world.note("=> " + died.getMessage());
        } catch (Failure refused) {
            world.note("=> refused: " + refused.getMessage());
        } catch (RuntimeException bug) {
            checker.add(new Violation(Clause.TRUE_REPORT, "it breaks: " + bug + ", caused by " + bug.getCause()));
        } finally {
            var _ = engine.process().die();
        }
        return Optional.empty();
    }

    private Engine start(Injector injector) {
        var process = engines.startProcess();
        slot.started(process);
        var boundary = Boundary.timedBy(world, crew.before(injector), checker::look);
        boundary.limitTo(LIMIT);
        var wiring = engines.wiring(boundary, process, engines::nextId, slot.heartbeat());
        var operations = new Operations(wiring);
        return new Engine(process, operations, new Fleets(wiring, operations, FleetLimits.USUAL, crew));
    }

    JournalStore journal() {
        return journal;
    }

    public World world() {
        return world;
    }

    public PromiseChecker checker() {
        return checker;
    }

    public List<Guest> guests() {
        return guests;
    }

    public Operations operations() {
        return engine.operations();
    }

    public Fleets fleets() {
        return engine.fleets();
    }

    public Carrier carrier(Cancellation cancellation) {
        return carrier(engine, cancellation);
    }

    Carrier carrier(Engine at, Cancellation cancellation) {
        return (move, operation) -> operation.apply(at.operations().options().with(cancellation, Progress.NONE));
    }

    /** Has something happen in the world, so long from now. */
    public void in(Duration time, Runnable event) {
        crew.in(time, event);
    }

    /** Does all of it at once, and returns when all of it is over. */
    public void atOnce(List<Runnable> works) {
        var over = new CountDownLatch(works.size());
        works.forEach(work -> crew.start(() -> {
            try {
                work.run();
            } finally {
                over.countDown();
            }
        }));
        crew.await(over);
    }

    /** Where the guest has memory, running or paused. */
    public List<HostRef> whereabouts(Guest guest) {
        return world.hosts().stream()
                .filter(host -> host.copy(guest.vm().uuid()).isPresent())
                .map(host -> host.ref())
                .toList();
    }

    public boolean isSaved(Guest guest) {
        return checker.isSaved(guest.vm());
    }

    public Instant now() {
        return world.clock().instant();
    }
}
