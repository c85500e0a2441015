package io.berth.simulator.history;

import io.berth.core.fleet.Crew;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A fleet that does one thing after the other, in its lane: what happens in between is for other lanes. Its user waits for
 * others a while, and then changes his mind.
 */
final class LoneCrew implements Crew {
    private static final int PATIENCE = 5;

    private final World world;
    private final Lane lane;
    private int pauses;

    LoneCrew(World world, Lane lane) {
        this.world = world;
        this.lane = lane;
    }

    @Override
    public void start(Runnable work) {
        work.run();
    }

    @Override
    public void await(CountDownLatch over) {
        if (over.getCount() > 0) {
            throw new IllegalStateException("work that was begun isn't over");
        }
    }

    @Override
    public void pause(Duration time) {
        world.pass(time);
        if (++pauses == PATIENCE) {
            lane.cancellation().request();
        }
    }
}
