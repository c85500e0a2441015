package io.berth.opennebula.explain;

import io.berth.transport.script.SshWay;

/** Looks which of two hosts has a guest, as everything here looks at hosts: nothing is changed, silence says nothing. */
public final class MovedGuest {
    private static final String NO_FOLDER = "";

    private final HostLook look;

    /** @param way the site's ssh */
    public MovedGuest(SshWay way) {
        this.look = HostLook.through(way);
    }

    /**
     * Whether it runs at the one and is gone from the other; both have to say so. Takes 30 s a host at most.
     *
     * @param guest the name that OpenNebula's drivers give it
     */
    public boolean runsOnlyAt(String here, String notThere, String guest) {
        return look.at(here, NO_FOLDER, guest).guest() == GuestSight.RUNNING
                && look.at(notThere, NO_FOLDER, guest).guest() == GuestSight.ABSENT;
    }
}
