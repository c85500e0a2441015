package io.berth.simulator.history;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Lease;
import io.berth.core.operation.Heartbeat;
import io.berth.driver.Failure;
import io.berth.simulator.boundary.EngineProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Place for one engine after the other: when one was killed, the next one is started there. */
public final class EngineSlot {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final int number;
    private final List<Beat> beats = new ArrayList<>();
    private @Nullable EngineProcess process;
    private boolean stalled;
    private Instant lastBeat = Instant.MIN;

    public EngineSlot(int number) {
        this.number = number;
    }

    private record Beat(Journal journal, Lease lease) {}

    int number() {
        return number;
    }

    Optional<EngineProcess> process() {
        return Optional.ofNullable(process);
    }

    public void started(EngineProcess now) {
        process = now;
        beats.clear();
        stalled = false;
    }

    void kill() {
        if (process != null) {
            var _ = process.die();
        }
        process = null;
        beats.clear();
        stalled = false;
    }

    void stall(boolean now) {
        stalled = now;
    }

    boolean isStalled() {
        return stalled;
    }

    /** Keeps leases as a process does, as long as it does anything at all. */
    public Heartbeat heartbeat() {
        return (journal, lease) -> {
            var beat = new Beat(journal, lease);
            beats.add(beat);
            return () -> beats.remove(beat);
        };
    }

    /** Tells that it lives, when it is time. */
    public void beat(Instant now) {
        if (process == null
                || !process.isAlive()
                || stalled
                || beats.isEmpty()
                || now.isBefore(lastBeat.plus(INTERVAL))) {
            return;
        }
        lastBeat = now;
        for (var beat : List.copyOf(beats)) {
            try {
                beat.journal().renew(beat.lease());
            } catch (Failure _) {
                // The operation finds out itself, when it writes next.
            }
        }
    }
}
