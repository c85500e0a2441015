package io.berth.core.fleet;

import io.berth.core.run.Pause;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** In which threads a fleet's operations run. Simulations have their own. */
public interface Crew {
    /** Begins the work and returns at once. */
    void start(Runnable work);

    /** Returns when the latch is open; started work opens it. */
    void await(CountDownLatch over);

    /** Waits so long. */
    void pause(Duration time);

    /** A virtual thread for each. */
    static Crew threads() {
        return new Crew() {
            @Override
            public void start(Runnable work) {
                Thread.ofVirtual().name("berth-fleet").start(work);
            }

            // Not to be interrupted: operations under way end by themselves, and who waits is to know how.
            @Override
            public void await(CountDownLatch over) {
                var interrupted = false;
                while (true) {
                    try {
                        over.await();
                        break;
                    } catch (InterruptedException _) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void pause(Duration time) {
                Pause.real().sleep(time);
            }
        };
    }
}
