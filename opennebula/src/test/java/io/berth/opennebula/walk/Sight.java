package io.berth.opennebula.walk;

import io.berth.driver.HostRef;
import io.berth.opennebula.walk.Standing.Home;
import java.util.Set;

/**
 * What there is of a VM, seen behind the drivers' backs.
 *
 * @param alive hosts with a guest of it, running or paused
 * @param running those of them on which it runs
 * @param isSaved it has a checkpoint that is complete and was never used
 * @param disks where its disk is as it was left last
 */
public record Sight(Set<HostRef> alive, Set<HostRef> running, boolean isSaved, Set<Home> disks) {
    public Sight {
        alive = Set.copyOf(alive);
        running = Set.copyOf(running);
        disks = Set.copyOf(disks);
    }

    /** Its memory went with a host, or it was shut down. */
    public boolean isLost() {
        return alive.isEmpty() && !isSaved;
    }

    public boolean isAliveOnlyOn(HostRef host) {
        return alive.equals(Set.of(host)) && !isSaved;
    }

    boolean hasDiskOn(HostRef host) {
        return disks.stream().anyMatch(home -> home.host().equals(host));
    }
}
