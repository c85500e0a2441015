package io.berth.engine.remote;

import java.time.Duration;

/**
 * How long a daemon is waited for. What an answer may take isn't limited, since hosts take their time: after {@code answer}
 * the daemon is asked on another connection whether it is well, and only one that isn't is given up.
 *
 * @param connect until it takes a connection, and until it says that it is well
 * @param answer of silence before it is asked for that
 * @param news of silence in a stream of events, in which the daemon shows every 15 s that it is there; then the stream is
 *     opened anew
 */
public record Patience(Duration connect, Duration answer, Duration news) {
    /** What commands have. */
    public static Patience usual() {
        return new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(40));
    }
}
