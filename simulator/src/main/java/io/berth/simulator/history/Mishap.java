package io.berth.simulator.history;

import io.berth.simulator.boundary.Site;
import io.berth.simulator.boundary.Site.Kind;
import java.util.EnumSet;
import java.util.Set;

/** What may become of one call of an engine. What happens to the world itself is an {@link Act} of its own. */
enum Mishap {
    /** Not done, and it says so. */
    FAIL(Kind.LOOK, Kind.CHANGE, Kind.MIDDLE, Kind.JOURNAL),
    /** Not done, and the same call is never done again by this engine. */
    FAIL_ALWAYS(Kind.CHANGE, Kind.JOURNAL),
    /** Done, and it says that it isn't. */
    DO_AND_FAIL(Kind.CHANGE),
    /** Done, or going on, and nobody hears of it. */
    LOSE_ANSWER(Kind.CHANGE, Kind.MIDDLE, Kind.JOURNAL),
    /** Not done, and nobody hears of it. */
    NOT_DONE_LOST(Kind.CHANGE),
    /** The engine dies when it is done, before it hears so. */
    KILL_AFTER(Kind.CHANGE, Kind.JOURNAL),
    /** The engine dies, and the command arrives some time later. */
    DELAYED(Kind.CHANGE),
    /** A flush says that all is well, and what was written is lost. */
    LYING_FLUSH(Kind.CHANGE),
    /** A restore fails, and leaves a guest behind that its daemon knows nothing of. */
    ORPHANED(Kind.MIDDLE);

    private final Set<Kind> sites;

    Mishap(Kind first, Kind... others) {
        this.sites = EnumSet.of(first, others);
    }

    boolean suits(Site site) {
        return sites.contains(site.kind())
                && switch (this) {
                    case LYING_FLUSH -> site.what().equals("devices.flush");
                    case ORPHANED -> site.what().equals("guests.restore");
                    case FAIL, FAIL_ALWAYS, DO_AND_FAIL, LOSE_ANSWER, NOT_DONE_LOST, KILL_AFTER, DELAYED -> true;
                };
    }
}
