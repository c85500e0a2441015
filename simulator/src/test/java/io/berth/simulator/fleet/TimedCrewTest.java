package io.berth.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TimedCrewTest {
    /** Renewing a lease is a call, which takes time, and others go on meanwhile. */
    @Test
    void workThatEndsWhileALeaseIsRenewedIsNotGoneOnWith() {
        var self = new AtomicReference<TimedCrew>();
        var renewed = new AtomicBoolean();
        var crew = new TimedCrew(new World(1, true), new DataSize(1), () -> {
            if (renewed.compareAndSet(false, true)) {
                self.get().pause(Duration.ofMillis(10));
            }
        });
        self.set(crew);
        var over = new CountDownLatch(1);
        crew.start(() -> {
            crew.pause(Duration.ofMillis(5));
            over.countDown();
        });

        crew.await(over);

        assertThat(renewed).isTrue();
    }

    @Test
    void whoeverHasTheLeastToWaitForIsFirst() {
        var crew = new TimedCrew(new World(1, true), new DataSize(1), () -> {});
        var order = new ArrayList<Integer>();
        var over = new CountDownLatch(3);
        for (var seconds : List.of(2, 3, 1)) {
            crew.start(() -> {
                crew.pause(Duration.ofSeconds(seconds));
                order.add(seconds);
                over.countDown();
            });
        }

        crew.await(over);

        assertThat(order).containsExactly(1, 2, 3);
    }
}
