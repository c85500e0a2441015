package io.berth.driver;

import java.time.Duration;

/**
 * What goes along with every mutating driver call. Immutable.
 *
 * @param token the right to do it; the transport hands it to the host's guard
 * @param deadline the whole call's time from now, enforced by the transport, which then kills the command and reports
 *     an unknown outcome; the engine computes it from the size (default 2 min + size at 10 MiB/s)
 * @param stall how long a transfer may make no progress, enforced likewise; default 60 s
 * @param progress hears about long transfers
 * @param cancellation may ask to stop
 */
public record Call(
        FencingToken token, Duration deadline, Duration stall, Progress progress, Cancellation cancellation) {
    public static final Duration DEADLINE = Duration.ofMinutes(2);
    public static final Duration STALL = Duration.ofSeconds(60);
    private static final long SLOWEST_BYTES_PER_SECOND = 10L << 20;

    public static Call of(FencingToken token) {
        return new Call(token, DEADLINE, STALL, Progress.NONE, Cancellation.never());
    }

    /** The same call with a deadline that lets {@code size} pass at 10 MiB/s. */
    public Call moving(DataSize size) {
        return new Call(
                token, DEADLINE.plusSeconds(size.bytes() / SLOWEST_BYTES_PER_SECOND), stall, progress, cancellation);
    }

    public Call with(Progress listener) {
        return new Call(token, deadline, stall, listener, cancellation);
    }

    public Call with(Cancellation wish) {
        return new Call(token, deadline, stall, progress, wish);
    }
}
