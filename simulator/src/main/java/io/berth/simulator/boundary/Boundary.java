package io.berth.simulator.boundary;

import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where engines end and their world begins. Each crossing takes some time, is counted, may be struck by a fault, and, if
 * it may have changed anything, is followed by a look at the whole world.
 */
public final class Boundary {
    private static final Duration EACH = Duration.ofMillis(10);

    private final World world;
    private final Injector injector;
    private final Runnable afterwards;
    private final Duration each;
    private int count;
    private int limit = Integer.MAX_VALUE;

    /** @param afterwards looks at the world after each crossing that isn't only a look, before the engine hears the answer */
    public Boundary(World world, Injector injector, Runnable afterwards) {
        this(world, injector, afterwards, EACH);
    }

    private Boundary(World world, Injector injector, Runnable afterwards, Duration each) {
        this.world = world;
        this.injector = injector;
        this.afterwards = afterwards;
        this.each = each;
    }

    /** One whose crossings take no time but what the injector lets pass: several may be under way at once. */
    public static Boundary timedBy(World world, Injector injector, Runnable afterwards) {
        return new Boundary(world, injector, afterwards, Duration.ZERO);
    }

    public World world() {
        return world;
    }

    /** Crossings so far. */
    public int count() {
        return count;
    }

    /** Ends a run that doesn't come to an end by itself: from there on crossings throw. */
    public void limitTo(int crossings) {
        limit = crossings;
    }

    public <T> T cross(EngineProcess engine, Site site, Supplier<T> effect) {
        engine.requireAlive();
        var position = count++;
        if (position >= limit) {
            throw new EndlessRun(limit);
        }
        world.pass(each);
        var outcome = "";
        try {
            return injector.carry(new Crossing<>(world, engine, position, site, effect));
        } catch (RuntimeException | Error thrown) {
            outcome = " -> " + thrown.getMessage();
            throw thrown;
        } finally {
            if (!world.isSilent()) {
                world.note(position + " " + engine.owner().name() + " " + site + outcome);
            }
            if (site.kind() != Site.Kind.LOOK) {
                afterwards.run();
            }
        }
    }

    public void cross(EngineProcess engine, Site site, Runnable effect) {
        cross(engine, site, () -> {
            effect.run();
            return true;
        });
    }
}
