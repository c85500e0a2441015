package io.berth.transport.script;

import java.time.Duration;
import java.util.Optional;

/** A point in time, or none. */
record Deadline(Optional<Long> nanoTime) {
    private static final long NEVER = Duration.ofDays(36_500).toNanos();

    static Deadline in(Optional<Duration> duration) {
        return new Deadline(duration.map(time -> System.nanoTime() + time.toNanos()));
    }

    static Deadline in(Duration duration) {
        return in(Optional.of(duration));
    }

    /** Nanoseconds until then, negative when it is over. */
    long left() {
        return nanoTime.map(then -> then - System.nanoTime()).orElse(NEVER);
    }
}
