package io.berth.opennebula.memory;

import io.berth.driver.Cancellation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A request to which something happens each time it waits; when nothing is left the core takes it back. */
final class ScriptedWaiting implements Waiting {
    final List<String> told = new ArrayList<>();
    private final Deque<Runnable> events;
    private final Cancellation cancellation = new Cancellation();

    ScriptedWaiting(Runnable... events) {
        this.events = new ArrayDeque<>(List.of(events));
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void tell(String text) {
        told.add(text);
    }

    @Override
    public boolean rest(Duration time) {
        if (events.isEmpty()) {
            cancellation.request();
            return false;
        }
        events.remove().run();
        return true;
    }
}
