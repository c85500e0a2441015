package io.berth.opennebula.simulated;

import io.berth.driver.Cancellation;
import io.berth.opennebula.memory.Waiting;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.function.IntConsumer;

/** A request that waits in the world's own time. One that would wait for ever fails its test. */
public final class WaitingInTheWorld implements Waiting {
    /** A driver that looks as often as that will never know. */
    private static final int TOO_OFTEN = 100;

    private final World world;
    private final IntConsumer afterEachRest;
    private final Cancellation cancellation = new Cancellation();
    private int rests;

    /** @param afterEachRest what happens meanwhile; is told how often the request has waited */
    public WaitingInTheWorld(World world, IntConsumer afterEachRest) {
        this.world = world;
        this.afterEachRest = afterEachRest;
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void tell(String text) {
        world.note(text);
    }

    @Override
    public boolean rest(Duration time) {
        if (++rests > TOO_OFTEN) {
            throw new AssertionError("still not known");
        }
        world.pass(time);
        afterEachRest.accept(rests);
        return !cancellation.requested();
    }
}
