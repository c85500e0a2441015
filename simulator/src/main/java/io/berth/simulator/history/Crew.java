package io.berth.simulator.history;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.InjectedFailures;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.boundary.Site;
import io.berth.simulator.fault.Engines;
import io.berth.simulator.world.Job;
import io.berth.simulator.world.SimulatedDatastore;
import io.berth.simulator.world.World;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Three engines: one that serves two requests at a time, as a daemon does, and two that serve one, as a command does. One
 * lane runs at a time; the others stand right before something that they are about to do.
 */
final class Crew implements Injector {
    private static final int FOR_GOOD = Integer.MAX_VALUE;

    /** What an engine that is dead by now has sent. */
    private record Delayed(Site site, Supplier<?> effect) {}

    private final List<EngineSlot> engines = List.of(new EngineSlot(0), new EngineSlot(1), new EngineSlot(2));
    private final List<Lane> lanes = List.of(
            new Lane(0, engines.get(0)),
            new Lane(1, engines.get(0)),
            new Lane(2, engines.get(1)),
            new Lane(3, engines.get(2)));
    private final Deque<Delayed> delayed = new ArrayDeque<>();
    private final World world;
    private final Runnable onLyingFlush;
    private @Nullable Lane running;

    /** @param onLyingFlush is told when the storage loses something without a word */
    Crew(World world, Runnable onLyingFlush) {
        this.world = world;
        this.onLyingFlush = onLyingFlush;
    }

    List<Lane> lanes() {
        return lanes;
    }

    List<EngineSlot> engines() {
        return engines;
    }

    Lane lane(int number) {
        return lanes.get(number);
    }

    void start(EngineSlot slot, Engines starter) {
        if (slot.process().isEmpty()) {
            slot.started(starter.startProcess());
        }
    }

    /** Lets a lane run; an engine that stands still does nothing. */
    void go(Lane lane, int crossings) {
        if (lane.engine().isStalled()) {
            return;
        }
        run(lane, crossings);
        if (lane.engine().process().filter(process -> !process.isAlive()).isPresent()) {
            kill(lane.engine());
        }
    }

    private void run(Lane lane, int crossings) {
        running = lane;
        try {
            lane.go(crossings);
        } finally {
            running = null;
        }
    }

    /** Kills a process: whatever it was about ends where it stood. */
    void kill(EngineSlot slot) {
        slot.kill();
        lanes.stream().filter(lane -> lane.engine() == slot).forEach(lane -> run(lane, FOR_GOOD));
    }

    void stall(EngineSlot slot) {
        slot.stall(true);
        lanes.stream().filter(lane -> lane.engine() == slot).forEach(Lane::overslept);
    }

    void beat(Instant now) {
        engines.forEach(engine -> engine.beat(now));
    }

    boolean hasDelayed() {
        return !delayed.isEmpty();
    }

    /** Whether somebody is about to do that, or a dead engine's command to do it is on its way. */
    boolean isAbout(String what) {
        return lanes.stream().anyMatch(lane -> lane.isAbout(what))
                || delayed.stream().anyMatch(command -> command.site().what().equals(what));
    }

    /** Delivers what was on its way, oldest first; answers what came of it. */
    List<String> deliver() {
        var answers = new ArrayList<String>();
        while (!delayed.isEmpty()) {
            try {
                var _ = delayed.remove().effect().get();
                answers.add("accepted");
            } catch (EngineDied _) {
                answers.add("begun, and going on without anybody to wait for it");
            } catch (Failure refused) {
                answers.add(String.valueOf(refused.getMessage()));
            }
        }
        return answers;
    }

    @Override
    public <T> T carry(Crossing<T> crossing) {
        var lane = running;
        if (lane == null) {
            return crossing.effect().get();
        }
        var site = crossing.site();
        lane.waitForLeave(crossing.engine(), site);
        var mishap = lane.mishap(site);
        if (mishap.isEmpty()) {
            if (lane.isBarred(site)) {
                throw InjectedFailures.failed(site);
            }
            return crossing.effect().get();
        }
        world.note("*** " + mishap.get() + " strikes " + site);
        return switch (mishap.get()) {
            case FAIL -> throw InjectedFailures.failed(site);
            case FAIL_ALWAYS -> {
                lane.bar(site);
                throw InjectedFailures.failed(site);
            }
            case DO_AND_FAIL -> {
                var _ = crossing.effect().get();
                throw InjectedFailures.failed(site);
            }
            case LOSE_ANSWER -> {
                var _ = crossing.effect().get();
                throw InjectedFailures.unheard(site);
            }
            case NOT_DONE_LOST -> throw InjectedFailures.unheard(site);
            case KILL_AFTER -> {
                var _ = crossing.effect().get();
                throw crossing.engine().die();
            }
            case DELAYED -> {
                delayed.add(new Delayed(site, crossing.effect()));
                throw crossing.engine().die();
            }
            case LYING_FLUSH -> {
                onLyingFlush.run();
                world.datastores().forEach(SimulatedDatastore::loseWritesSilently);
                yield crossing.effect().get();
            }
            case ORPHANED -> {
                crossing.site().host().ifPresent(host -> orphan(lane, host));
                throw InjectedFailures.failed(site);
            }
        };
    }

    private void orphan(Lane lane, HostRef at) {
        var host = world.host(at);
        for (var job : List.copyOf(host.jobs())) {
            if (job.kind() == Job.Kind.RESTORE
                    && lane.operation().filter(job.operation()::equals).isPresent()) {
                host.jobs().remove(job);
                host.copy(job.vm().uuid()).ifPresent(copy -> copy.orphan());
            }
        }
    }
}
