package io.berth.transport.script;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a script may take and how much of what it writes is kept.
 *
 * @param longest from its start to its end, enforced by ending it; empty: as long as it likes
 * @param mostOutput bytes kept of each of its two outputs; the rest is read and dropped, so that it can go on
 */
public record ScriptLimits(Optional<Duration> longest, int mostOutput) {
    /** More than any driver script of OpenNebula's writes, with room for one that traces itself. */
    public static final int USUAL_OUTPUT = 1 << 20;

    public static ScriptLimits none() {
        return new ScriptLimits(Optional.empty(), USUAL_OUTPUT);
    }

    public static ScriptLimits longest(Duration longest) {
        return new ScriptLimits(Optional.of(longest), USUAL_OUTPUT);
    }
}
