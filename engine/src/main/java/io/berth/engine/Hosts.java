package io.berth.engine;

import io.berth.driver.HostRef;
import java.util.List;

/** The hosts that Berth may work on. Thread-safe. */
public interface Hosts {
    List<HostView> list();

    /**
     * Makes the host known, after its helper is installed (or updated) and answers.
     *
     * @param address {@code local}, or what ssh is to connect to
     * @throws io.berth.driver.Failure {@code host.unreachable} and what the installation says; nothing is known then
     *     that wasn't before
     */
    void add(HostRef host, String address);

    /** Looks whether all that Berth needs is there. Never throws for what it finds, only for a host it doesn't know. */
    HostCheck check(HostRef host);

    /**
     * Removes the helper and what it keeps, and forgets the host.
     *
     * @param onlyForget leave the host itself alone: it is gone
     * @throws io.berth.driver.Failure {@code host.in-use} (CONFLICT) while an unfinished operation has to do with it
     */
    void remove(HostRef host, boolean onlyForget);
}
