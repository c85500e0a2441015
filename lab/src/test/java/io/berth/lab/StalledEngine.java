package io.berth.lab;

import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Cancellation;
import io.berth.engine.EngineEvent;
import io.berth.engine.Watch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process of its own that suspends a VM onto the fragile datastore and says {@code moving} as soon as memory moves,
 * for whoever wants to stop it then. Arguments: home, VM.
 */
final class StalledEngine {
    static final String MOVING = "moving";

    private StalledEngine() {}

    public static void main(String[] words) {
        var said = new AtomicBoolean();
        try (var engine = Site.open(Path.of(words[0]))) {
            var request = new SuspendRequest(
                    words[1], Optional.empty(), Optional.of(Site.FRAGILE), Optional.empty(), Optional.empty(), false);
            var report = engine.machines()
                    .suspend(
                            request,
                            new Watch(
                                    event -> {
                                        if (event instanceof EngineEvent.StepBegins begins
                                                && begins.step().equals("save")
                                                && said.compareAndSet(false, true)) {
                                            System.out.println(MOVING);
                                        }
                                    },
                                    Cancellation.never()));
            System.out.println(report.result().state() + " " + report.result().message());
        }
    }
}
