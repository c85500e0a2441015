package io.berth.simulator.boundary;

import io.berth.driver.HostRef;
import java.util.Optional;

/**
 * What crosses the boundary.
 *
 * @param host where it is carried out, if that is one host
 */
public record Site(Kind kind, String what, Optional<HostRef> host) {
    /** What an injected fault may do to it. */
    public enum Kind {
        /** Reads only. */
        LOOK,
        /** Changes a host or the storage. */
        CHANGE,
        /** In the middle of a long change that a daemon carries on by itself. */
        MIDDLE,
        /** A write to the journal. */
        JOURNAL
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + what
                + host.map(h -> " at " + h).orElse("");
    }
}
