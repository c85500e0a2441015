package io.berth.simulator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class FiberTest {
    @Test
    void itGoesOnWhereItPaused() {
        var trace = new ArrayList<String>();
        var self = new AtomicReference<Fiber>();
        var fiber = new Fiber(() -> {
            trace.add("first");
            self.get().pause();
            trace.add("second");
        });
        self.set(fiber);

        fiber.go();
        trace.add("between");
        assertThat(fiber.isOver()).isFalse();
        fiber.go();

        assertThat(trace).containsExactly("first", "between", "second");
        assertThat(fiber.isOver()).isTrue();
    }

    @Test
    void whatBreaksInItBreaksItsOwner() {
        var fiber = new Fiber(() -> {
            throw new IllegalStateException("inside");
        });

        assertThatThrownBy(fiber::go).hasRootCauseMessage("inside");
    }
}
