package io.berth.simulator.fleet;

import io.berth.simulator.boundary.Site.Kind;

/** What may happen to a fleet in the middle of one of its many calls. */
public enum FleetFault {
    /** The engine dies before the call is sent, and all it has under way with it. */
    KILL_BEFORE,
    /** The engine dies when it is done, before it hears so. */
    KILL_AFTER,
    /** The engine dies, and the command arrives when recovery has long finished. */
    DELAYED,
    /** The host that the call is for loses power, with all its guests, and is there again for recovery. */
    POWER_CUT,
    /** It does, and stays dark until a person has called it dead and recovery has come to its end. */
    HOST_DIES,
    /** That host falls silent until recovery. */
    NETWORK_CUT;

    /** What only looks may as well not have been done. */
    boolean canStrike(Kind site) {
        return switch (this) {
            case KILL_BEFORE, POWER_CUT, HOST_DIES, NETWORK_CUT -> true;
            case KILL_AFTER -> site == Kind.CHANGE || site == Kind.JOURNAL;
            case DELAYED -> site == Kind.CHANGE;
        };
    }
}
