package io.berth.hypervisor.libvirt;

import io.berth.driver.hypervisor.GuestState;
import java.util.List;

/**
 * A domain's state and the reason for it, as numbers of libvirt's API (virDomainState and its reasons, stable by
 * libvirt's promise).
 */
record DomainState(int state, int reason) {
    /** Listed, but its state wasn't told: it comes or goes just now. */
    static final DomainState UNTOLD = new DomainState(-1, 0);

    private static final int RUNNING = 1;
    private static final int BLOCKED = 2;
    private static final int PAUSED = 3;
    private static final int SHUTDOWN = 4;
    private static final int SHUT_OFF = 5;
    private static final int CRASHED = 6;
    private static final int SLEEPING = 7;

    private static final int MIGRATING = 2;

    private static final List<String> RUNNING_REASONS = List.of(
            "unknown",
            "booted",
            "migrated",
            "restored",
            "from snapshot",
            "unpaused",
            "migration canceled",
            "save canceled",
            "event wakeup",
            "crashed",
            "post-copy",
            "post-copy failed");
    private static final List<String> PAUSED_REASONS = List.of(
            "unknown",
            "user",
            "migrating",
            "saving",
            "dumping",
            "I/O error",
            "watchdog",
            "from snapshot",
            "shutting down",
            "creating snapshot",
            "crashed",
            "starting up",
            "post-copy",
            "post-copy failed",
            "api error");

    /** The state taken alone; {@link #isInTransit} says when that isn't enough. */
    GuestState guestState() {
        return switch (state) {
            // Xen calls an idle guest blocked, or says nothing of it.
            case 0, RUNNING, BLOCKED, SLEEPING -> GuestState.RUNNING;
            case PAUSED ->
                switch (reason) {
                    case 5, 10, 13 -> GuestState.BROKEN;
                    case 8 -> GuestState.BUSY;
                    default -> GuestState.PAUSED;
                };
            case SHUT_OFF -> GuestState.SHUT_OFF;
            case CRASHED -> GuestState.BROKEN;
            default -> GuestState.BUSY;
        };
    }

    /**
     * Paused for a reason that belongs to a job. libvirt keeps such a reason when the job is over: a guest restored
     * paused says "migrating" until it is resumed (seen with 9.0). So the job has to be asked for.
     */
    boolean isInTransit() {
        return state == PAUSED
                && switch (reason) {
                    case MIGRATING, 3, 4, 9, 11, 12 -> true;
                    default -> false;
                };
    }

    /** What a guest looks like that was restored paused and never resumed. */
    boolean isRestored() {
        return state == PAUSED && reason == MIGRATING;
    }

    /** virsh's words. */
    String words() {
        return switch (state) {
            case UNTOLD_STATE -> "changing";
            case 0 -> "no state";
            case RUNNING -> named(RUNNING_REASONS);
            case BLOCKED -> "idle";
            case PAUSED -> named(PAUSED_REASONS);
            case SHUTDOWN -> "in shutdown";
            case SHUT_OFF -> "shut off";
            case CRASHED -> "crashed";
            case SLEEPING -> "asleep (pmsuspended)";
            default -> "state " + state;
        };
    }

    boolean isAsleep() {
        return state == SLEEPING;
    }

    private static final int UNTOLD_STATE = -1;

    private String named(List<String> reasons) {
        return reason >= 0 && reason < reasons.size() ? reasons.get(reason) : "reason " + reason;
    }
}
