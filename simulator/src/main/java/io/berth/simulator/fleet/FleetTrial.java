package io.berth.simulator.fleet;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.boundary.Site;
import io.berth.simulator.checker.Expectation;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * A fleet under fire: asked for, struck once, recovered, checked; then asked for again, which must do the rest, and all VMs
 * are suspended and resumed once more, to see that they are there.
 */
final class FleetTrial {
    private static final int HOSTS = 3;
    private static final int GUESTS = 3;
    private static final int ROUNDS = 5;
    private static final DataSize IMAGE = DataSize.ofMebibytes(256);
    private static final DataSize ROOMY = DataSize.ofMebibytes(1 << 20);
    private static final DataSize PER_SECOND = new DataSize(1_000_000_000);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Kind kind;
    private final FleetStrike strike;
    private final FleetScene scene;

    private FleetTrial(Kind kind, long seed, FleetStrike strike, boolean isTold) {
        this.kind = kind;
        this.strike = strike;
        this.scene = kind == Kind.SUSPEND_ALL || kind == Kind.RESUME_ALL
                ? new FleetScene(seed, HOSTS, GUESTS, IMAGE, ROOMY, PER_SECOND)
                : FleetScene.crowded(seed, HOSTS, GUESTS, IMAGE, ROOMY, PER_SECOND);
        if (isTold) {
            scene.world().speak();
        }
    }

    /** What is asked for. */
    enum Kind {
        SUSPEND_ALL,
        RESUME_ALL,
        EVACUATE,
        EVACUATE_LIVE
    }

    /**
     * What came of it.
     *
     * @param sites all calls of the struck engine, by position
     * @param story empty unless it was wanted
     */
    record Outcome(SortedMap<Integer, Site> sites, boolean struck, List<Violation> violations, List<String> story) {}

    static Outcome of(Kind kind, long seed, FleetStrike strike) {
        return new FleetTrial(kind, seed, strike, false).run();
    }

    /** As {@link #of}, with its story. */
    static Outcome told(Kind kind, long seed, FleetStrike strike) {
        return new FleetTrial(kind, seed, strike, true).run();
    }

    private Outcome run() {
        if (kind == Kind.RESUME_ALL) {
            require(fleet(Injector.none(), Kind.SUSPEND_ALL));
        }
        var report = fleet(strike, kind);
        if (!strike.hasStruck()) {
            require(report);
        }
        recover();
        strike.deliver();
        recover();
        settled();
        for (var next : List.of(kind, Kind.SUSPEND_ALL, Kind.RESUME_ALL)) {
            require(fleet(Injector.none(), next));
            settled();
        }
        return new Outcome(
                strike.sites(),
                strike.hasStruck(),
                scene.checker().violations(),
                scene.world().story());
    }

    /** Empty when its engine died, or it couldn't be begun. */
    private Optional<FleetReport> fleet(Injector injector, Kind what) {
        scene.world().note("asked: " + what);
        return with(injector, engine -> {
            var cancellation = Cancellation.never();
            var carrier = scene.carrier(engine, cancellation);
            var fleets = engine.fleets();
            var report = switch (what) {
                case SUSPEND_ALL -> fleets.suspendAll(SuspendAllRequest.everything(), carrier, cancellation);
                case RESUME_ALL -> fleets.resumeAll(ResumeAllRequest.everything(), carrier, cancellation);
                case EVACUATE -> fleets.evacuate(evacuate(MigrationMode.COLD), carrier, cancellation);
                case EVACUATE_LIVE -> fleets.evacuate(evacuate(MigrationMode.LIVE), carrier, cancellation);
            };
            scene.world().note("=> " + report);
            return report;
        });
    }

    private static EvacuateRequest evacuate(MigrationMode mode) {
        return new EvacuateRequest(new HostRef("h1"), Set.of(), mode, Optional.empty(), Optional.empty());
    }

    private <T> Optional<T> with(Injector injector, Function<FleetScene.Engine, T> work) {
        var engine = scene.start(injector);
        try {
            return Optional.of(work.apply(engine));
        } catch (EngineDied died) {
            scene.world().note("=> " + died.getMessage());
        } catch (Failure refused) {
            scene.world().note("=> refused: " + refused.getMessage());
        } finally {
            var _ = engine.process().die();
        }
        return Optional.empty();
    }

    private void require(Optional<FleetReport> report) {
        if (report.filter(FleetReport::isComplete).isEmpty()) {
            scene.checker().add(new Violation(Clause.PROGRESS, "with all well it isn't complete: " + report));
        }
    }

    /** With all hosts up again, until nothing is open. */
    private void recover() {
        for (var round = 0; round < ROUNDS; round++) {
            scene.world().hosts().forEach(host -> {
                scene.world().healNetwork(host);
                scene.world().givePower(host);
            });
            scene.world().pass(BETWEEN);
            if (scene.journal().open().isEmpty()) {
                return;
            }
            with(
                    Injector.none(),
                    engine -> engine.operations().recover(engine.operations().options()));
        }
    }

    private void settled() {
        with(Injector.none(), engine -> engine.operations().collectGarbage(true));
        for (var guest : scene.guests()) {
            scene.checker().end(new Expectation(guest.vm(), true, false, Set.of()));
        }
    }
}
