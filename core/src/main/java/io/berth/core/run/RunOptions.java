package io.berth.core.run;

import io.berth.driver.Cancellation;
import io.berth.driver.HostRef;
import io.berth.driver.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How to run a plan. Immutable.
 *
 * @param deadHosts hosts that a person has claimed to be dead: nothing runs there, nothing is attached there
 * @param pauses before each new try of a step after the point of no return; as many new tries as there are pauses
 * @param clock gives the times written into records
 * @param listener hears of each step
 */
public record RunOptions(
        Cancellation cancellation,
        Progress progress,
        Set<HostRef> deadHosts,
        List<Duration> pauses,
        Clock clock,
        RunListener listener) {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(3));

    public RunOptions {
        deadHosts = Set.copyOf(deadHosts);
        pauses = List.copyOf(pauses);
    }

    public static RunOptions standard() {
        return new RunOptions(
                Cancellation.never(), Progress.NONE, Set.of(), PAUSES, Clock.systemUTC(), RunListener.NONE);
    }

    public RunOptions with(Cancellation wish, Progress hearer) {
        return new RunOptions(wish, hearer, deadHosts, pauses, clock, listener);
    }

    public RunOptions with(RunListener hearer) {
        return new RunOptions(cancellation, progress, deadHosts, pauses, clock, hearer);
    }

    public RunOptions withDead(Set<HostRef> hosts) {
        return new RunOptions(cancellation, progress, hosts, pauses, clock, listener);
    }
}
