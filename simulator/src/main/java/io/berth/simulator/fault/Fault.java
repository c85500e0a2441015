package io.berth.simulator.fault;

import io.berth.simulator.boundary.Site;
import io.berth.simulator.boundary.Site.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What may become of one call. */
public enum Fault {
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
    /** The engine dies before it is sent, or while it is under way and goes on. */
    KILL_BEFORE(Kind.LOOK, Kind.CHANGE, Kind.MIDDLE, Kind.JOURNAL),
    /** The engine dies when it is done, before it hears so. */
    KILL_AFTER(Kind.CHANGE, Kind.JOURNAL),
    /** The engine dies, and the command arrives when recovery has long finished. */
    DELAYED(Kind.CHANGE),
    POWER_CUT_BEFORE(Kind.LOOK, Kind.CHANGE, Kind.MIDDLE, Kind.JOURNAL),
    /** A moment later: what was let run has run. */
    POWER_CUT_AFTER(Kind.CHANGE),
    NETWORK_CUT_BEFORE(Kind.LOOK, Kind.CHANGE, Kind.MIDDLE),
    NETWORK_CUT_AFTER(Kind.CHANGE),
    /** The engine stalls before the call, is taken over, and wakes up. */
    STALL_BEFORE(Kind.LOOK, Kind.CHANGE, Kind.MIDDLE, Kind.JOURNAL),
    /** The engine stalls before it hears the answer, is taken over, and wakes up. */
    STALL_AFTER(Kind.CHANGE),
    /** The storage loses what wasn't flushed. */
    STORAGE_LOSS(Kind.CHANGE, Kind.JOURNAL),
    /** The storage loses what wasn't flushed, and says of a flush that all is well. */
    LYING_FLUSH(Kind.CHANGE),
    /** The guest's process ends by itself. */
    GUEST_VANISHES(Kind.CHANGE, Kind.MIDDLE),
    /** Somebody lets the paused guest run. */
    RESUMED_BY_HAND(Kind.CHANGE, Kind.MIDDLE, Kind.JOURNAL),
    /** Somebody makes the guest's host forget its definition. */
    UNDEFINED_BY_HAND(Kind.LOOK, Kind.CHANGE, Kind.MIDDLE, Kind.JOURNAL),
    /** Somebody starts the guest, paused, on the host where it is to go on. */
    STARTED_BY_HAND(Kind.LOOK, Kind.CHANGE, Kind.MIDDLE, Kind.JOURNAL),
    /** The engine dies, and the journal is lost with it. */
    JOURNAL_LOST(Kind.CHANGE, Kind.MIDDLE, Kind.JOURNAL),
    /**
     * The hosts lose sight of each other when the target has all of a migrated guest; so the source lets it run on, and
     * there it ends.
     */
    HANDOVER_LOST(Kind.MIDDLE),
    /** The restore fails, and leaves a guest behind that its daemon knows nothing of. */
    ORPHANED(Kind.MIDDLE);

    private final Set<Kind> sites;

    Fault(Kind first, Kind... others) {
        this.sites = EnumSet.of(first, others);
    }

    /** Every fault that can strike there, and that Berth has an answer to in that scenario. */
    static List<Fault> at(Site site, Scenario scenario) {
        return Arrays.stream(values())
                .filter(fault -> fault.sites.contains(site.kind()))
                .filter(fault -> fault != LYING_FLUSH || site.what().equals("devices.flush"))
                .filter(fault -> fault != ORPHANED || site.what().equals("guests.restore"))
                .filter(fault -> fault != HANDOVER_LOST || site.what().equals("guests.migrate finish"))
                .filter(fault -> fault != RESUMED_BY_HAND || scenario.isPausedByBerth())
                .filter(fault -> fault != UNDEFINED_BY_HAND || scenario.persistent())
                .filter(fault -> fault != STARTED_BY_HAND || scenario.task().moves())
                .filter(fault -> fault != JOURNAL_LOST
                        || scenario.task().isSuspend()
                        || scenario.task() == Scenario.Task.REHEARSE)
                .toList();
    }

    /** Whether a host is without power afterwards, and may stay so. */
    public boolean cutsPower() {
        return this == POWER_CUT_BEFORE || this == POWER_CUT_AFTER;
    }
}
