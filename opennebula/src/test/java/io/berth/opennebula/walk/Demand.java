package io.berth.opennebula.walk;

import io.berth.driver.HostRef;
import io.berth.opennebula.walk.Standing.Home;

/** What the core asks its drivers for. */
public sealed interface Demand {
    /** {@code SAVE}. */
    record Save(HostRef host) implements Demand {}

    /** {@code RESTORE}. */
    record Restore(HostRef host) implements Demand {}

    /** {@code MIGRATE}, while the guest runs. */
    record MigrateLive(HostRef from, HostRef to) implements Demand {}

    /** {@code SHUTDOWN} or {@code CANCEL}: a script of the site's. */
    record ShutDown(HostRef host) implements Demand {}

    /** {@code DEPLOY}: a script of the site's. */
    record Deploy(HostRef host) implements Demand {}

    /** A transfer file with {@code MV} of the VM's disk and its directory. */
    record Move(Home from, Home to) implements Demand {}

    /** A transfer file with {@code DELETE} of the VM's directory. */
    record Delete(Home home) implements Demand {}
}
