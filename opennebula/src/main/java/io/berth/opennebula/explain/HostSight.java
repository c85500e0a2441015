package io.berth.opennebula.explain;

/**
 * What a look at one host showed.
 *
 * @param why the host gave no answer; empty when it did
 */
public record HostSight(String host, GuestSight guest, FolderSight folder, String why) {
    /** Whether the host said nothing of the guest. */
    boolean isSilent() {
        return guest == GuestSight.UNTOLD || guest == GuestSight.UNASKED;
    }

    boolean isFrontEnd() {
        return host.equals(HostLook.FRONT_END);
    }

    static HostSight untold(String host, String why) {
        return new HostSight(host, GuestSight.UNTOLD, FolderSight.untold(), why);
    }
}
