package io.berth.core.operation;

import io.berth.core.Drivers;
import io.berth.core.journal.Journal;
import io.berth.core.journal.Owner;
import io.berth.core.run.Handlers;
import io.berth.core.run.Pause;
import io.berth.core.step.StandardHandlers;
import io.berth.driver.OperationId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * All that operations are made of. Tests replace single parts.
 *
 * @param owner this process
 * @param retryPauses before each new try of a step that must be done
 */
public record Wiring(
        Drivers drivers,
        Journal journal,
        Owner owner,
        OperationSettings settings,
        Handlers handlers,
        Planners planners,
        Supplier<OperationId> ids,
        Fanout fanout,
        Heartbeat heartbeat,
        Pause pause,
        List<Duration> retryPauses,
        Clock clock) {

    public static Wiring standard(Drivers drivers, Journal journal, Owner owner, OperationSettings settings) {
        var clock = Clock.systemUTC();
        return new Wiring(
                drivers,
                journal,
                owner,
                settings,
                new StandardHandlers(),
                new StandardPlanners(),
                new OperationIds(clock),
                Fanout.atOnce(),
                Heartbeat.every(Duration.ofSeconds(10)),
                Pause.real(),
                List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(3)),
                clock);
    }
}
