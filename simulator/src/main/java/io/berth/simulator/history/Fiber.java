package io.berth.simulator.history;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Work that can be left in the middle and gone on with. It has a thread of its own, but either it runs or its owner does,
 * never both: what they share needs no lock.
 */
public final class Fiber {
    private final Thread thread;
    private volatile boolean runs;
    private volatile boolean over;
    private volatile @Nullable Thread owner;
    private volatile @Nullable Throwable broken;

    public Fiber(Runnable work) {
        thread = Thread.ofVirtual().unstarted(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error thrown) {
                broken = thrown;
            } finally {
                over = true;
                runs = false;
                LockSupport.unpark(owner);
            }
        });
    }

    public boolean isOver() {
        return over;
    }

    /** Lets it run until it pauses or is over. */
    public void go() {
        if (over) {
            throw new IllegalStateException("the work is over", broken);
        }
        owner = Thread.currentThread();
        runs = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        while (runs) {
            LockSupport.park(this);
        }
        var thrown = broken;
        if (thrown != null) {
            throw new IllegalStateException("the work broke", thrown);
        }
    }

    /** From inside: lets the owner run, until it lets this go on. */
    public void pause() {
        runs = false;
        LockSupport.unpark(owner);
        while (!runs) {
            LockSupport.park(this);
        }
    }
}
