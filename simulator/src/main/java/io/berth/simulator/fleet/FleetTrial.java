package io.berth.simulator.fleet;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.Fate;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.boundary.Site;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A fleet under fire: asked for, struck once, recovered, checked; then asked for again, which must do the rest, and all VMs
 * are suspended and resumed once more, to see that they are there.
 */
final class FleetTrial {
    private static final int HOSTS = 3;
    private static final int GUESTS = 3;
    private static final DataSize IMAGE = DataSize.ofMebibytes(256);
    private static final DataSize ROOMY = DataSize.ofMebibytes(1 << 20);
    private static final DataSize PER_SECOND = new DataSize(1_000_000_000);
    private static final HostRef FIRST = new HostRef("h1");

    private final Kind kind;
    private final FleetStrike strike;
    private final FleetScene scene;
    private final Aftermath aftermath;

    private FleetTrial(Kind kind, long seed, FleetStrike strike, boolean isTold) {
        this.kind = kind;
        this.strike = strike;
        this.scene = kind == Kind.SUSPEND_ALL || kind == Kind.RESUME_ALL
                ? new FleetScene(seed, HOSTS, GUESTS, IMAGE, ROOMY, PER_SECOND)
                : FleetScene.crowded(seed, HOSTS, GUESTS, IMAGE, ROOMY, PER_SECOND);
        this.aftermath = new Aftermath(scene);
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
        report.ifPresent(this::checkTold);
        if (!strike.hasStruck()) {
            require(report);
        }
        recover();
        strike.deliver();
        recover();
        aftermath.settle(strike.dead(), Set.of());
        for (var next : List.of(kind, Kind.SUSPEND_ALL, Kind.RESUME_ALL)) {
            require(fleet(Injector.none(), next));
            aftermath.settle(strike.dead(), Set.of());
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
        return scene.inAnother(injector, engine -> {
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
        return new EvacuateRequest(FIRST, Set.of(), mode, Optional.empty(), Optional.empty());
    }

    private void require(Optional<FleetReport> report) {
        if (report.filter(FleetReport::isComplete).isEmpty()) {
            scene.checker().add(new Violation(Clause.PROGRESS, "with all well it isn't complete: " + report));
        }
    }

    /** Whatever struck it: what it says that it did is done, and nothing broke in it. */
    private void checkTold(FleetReport report) {
        for (var fate : report.fates()) {
            if (fate.end() == Fate.End.DONE && !isDone(fate.move().vm())) {
                scene.checker().add(new Violation(Clause.TRUE_REPORT, "told as done, and isn't: " + fate.move()));
            }
            fate.why()
                    .filter(why -> why.kind() == FailureKind.BUG)
                    .ifPresent(bug -> scene.checker().add(new Violation(Clause.TRUE_REPORT, "it breaks: " + bug)));
        }
    }

    private boolean isDone(VmRef vm) {
        return switch (kind) {
            case SUSPEND_ALL -> scene.checker().isSaved(vm);
            case RESUME_ALL -> !scene.checker().isSaved(vm);
            case EVACUATE, EVACUATE_LIVE ->
                !scene.checker().isSaved(vm)
                        && scene.world().host(FIRST).copy(vm.uuid()).isEmpty();
        };
    }

    /**
     * As people do it: hosts that can be brought back are, and recovery runs. What a dead host was part of rests until a
     * person says that it is dead; then nothing may rest any more, and the host may come back.
     */
    private void recover() {
        var dead = strike.dead();
        aftermath.bringBack(dead);
        aftermath.recover(Set.of());
        if (!dead.isEmpty()) {
            aftermath.recover(dead);
            aftermath.settle(dead, dead);
            aftermath.bringBack(Set.of());
            aftermath.recover(Set.of());
        }
    }
}
