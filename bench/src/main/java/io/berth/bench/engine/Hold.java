package io.berth.bench.engine;

import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.boundary.Site;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets operations stand in the middle of a save until enough of them do. Thread-safe but for {@link #begin}. */
public final class Hold implements Injector {
    private final AtomicInteger left = new AtomicInteger();
    private volatile CountDownLatch go = new CountDownLatch(0);
    private volatile CountDownLatch there = new CountDownLatch(0);

    /** The next so many stand still from now on. Only while none does. */
    public void begin(int wanted) {
        there = new CountDownLatch(wanted);
        go = new CountDownLatch(1);
        left.set(wanted);
    }

    /** Returns when all of them stand. */
    public void awaitAll() {
        await(there);
    }

    /** They go on. */
    public void end() {
        go.countDown();
    }

    @Override
    public <T> T carry(Crossing<T> crossing) {
        if (crossing.site().kind() == Site.Kind.MIDDLE && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            there.countDown();
            await(go);
        }
        return crossing.effect().get();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }
}
