package io.berth.simulator.fleet;

import io.berth.core.fleet.Crew;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.boundary.Site;
import io.berth.simulator.history.Fiber;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Works in virtual time: each call takes a little of it, each image as long as the storage needs, which takes one after
 * the other and all of them together at its own rate. Whoever's time has come goes on; only one ever runs. Belongs to one
 * thread.
 */
final class TimedCrew implements Crew, Injector {
    private static final Duration CALL = Duration.ofMillis(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final World world;
    private final DataSize perSecond;
    private final Runnable heartbeat;
    private final List<Sailor> sailors = new ArrayList<>();
    private final SortedMap<Instant, List<Runnable>> events = new TreeMap<>();
    private @Nullable Sailor running;
    private Instant storageIsBusyUntil = Instant.MIN;

    /**
     * @param perSecond what the storage takes and gives, all transfers together
     * @param heartbeat is called whenever time has passed
     */
    TimedCrew(World world, DataSize perSecond, Runnable heartbeat) {
        this.world = world;
        this.perSecond = perSecond;
        this.heartbeat = heartbeat;
    }

    private static final class Sailor {
        private final Fiber fiber;
        private Instant wakes;

        private Sailor(Fiber fiber, Instant wakes) {
            this.fiber = fiber;
            this.wakes = wakes;
        }
    }

    /** Has something happen in the world, so long from now. */
    void in(Duration time, Runnable event) {
        events.computeIfAbsent(now().plus(time), _ -> new ArrayList<>()).add(event);
    }

    @Override
    public void start(Runnable work) {
        var fiber = new Fiber(() -> {
            try {
                work.run();
            } catch (EngineDied _) {
                world.note("an engine died in the middle of its work");
            }
        });
        sailors.add(new Sailor(fiber, now()));
    }

    @Override
    public void await(CountDownLatch over) {
        while (over.getCount() > 0) {
            passTime(BETWEEN_LOOKS);
        }
    }

    @Override
    public void pause(Duration time) {
        passTime(time);
    }

    @Override
    public <T> T carry(Crossing<T> crossing) {
        return carry(crossing, Injector.none());
    }

    /** Calls take their time, and then it is the other's turn to say what becomes of them. */
    Injector before(Injector other) {
        return new Injector() {
            @Override
            public <T> T carry(Crossing<T> crossing) {
                return TimedCrew.this.carry(crossing, other);
            }
        };
    }

    private <T> T carry(Crossing<T> crossing, Injector other) {
        passTime(CALL.plus(transfer(crossing.site())));
        crossing.engine().requireAlive();
        return other.carry(crossing);
    }

    /** When the storage will be through with it, in the middle of the call that has begun it. */
    private Duration transfer(Site site) {
        if (site.kind() != Site.Kind.MIDDLE || !isThroughStorage(site.what())) {
            return Duration.ZERO;
        }
        var bytes = site.host().map(this::bytesOfTheLastJob).orElse(0L);
        var begins = storageIsBusyUntil.isAfter(now()) ? storageIsBusyUntil : now();
        storageIsBusyUntil = begins.plusNanos(Math.round(1e9 * bytes / perSecond.bytes()));
        return Duration.between(now(), storageIsBusyUntil);
    }

    private static boolean isThroughStorage(String what) {
        return what.equals("guests.save") || what.equals("guests.restore");
    }

    /** The one that the running sailor has begun just now. */
    private long bytesOfTheLastJob(HostRef host) {
        var jobs = world.host(host).jobs();
        return jobs.isEmpty() ? 0 : world.guest(jobs.getLast().vm().uuid()).imageLength();
    }

    private void passTime(Duration time) {
        var until = now().plus(time);
        var me = running;
        if (me != null) {
            me.wakes = until;
            me.fiber.pause();
            return;
        }
        while (isAnythingUntil(until)) {
            step();
        }
        passTo(until);
    }

    private boolean isAnythingUntil(Instant until) {
        return !next().isAfter(until);
    }

    /** When something happens next; {@link Instant#MAX} if nothing does. */
    private Instant next() {
        var event = events.isEmpty() ? Instant.MAX : events.firstKey();
        return sailors.stream().map(sailor -> sailor.wakes).reduce(event, TimedCrew::earlier);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Who is next is known only when it is time: passing it may renew leases, which is a call like any other, and others go
     * on meanwhile.
     */
    private void step() {
        passTo(next());
        var due = next();
        if (due.isAfter(now())) {
            return;
        }
        if (!events.isEmpty() && events.firstKey().equals(due)) {
            var happening = events.getOrDefault(due, List.of());
            events.remove(due);
            happening.forEach(Runnable::run);
        } else {
            go(sailors.stream()
                    .min(Comparator.comparing((Sailor each) -> each.wakes))
                    .orElseThrow());
        }
    }

    private void go(Sailor sailor) {
        running = sailor;
        try {
            sailor.fiber.go();
        } finally {
            running = null;
            if (sailor.fiber.isOver()) {
                sailors.remove(sailor);
            }
        }
    }

    private void passTo(Instant time) {
        if (time.isAfter(now())) {
            world.pass(Duration.between(now(), time));
            heartbeat.run();
        }
    }

    private Instant now() {
        return world.clock().instant();
    }
}
