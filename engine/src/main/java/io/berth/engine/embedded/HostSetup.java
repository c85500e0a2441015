package io.berth.engine.embedded;

import io.berth.driver.HostRef;

/** Brings the helper to hosts and takes it away. Thread-safe. */
public interface HostSetup {
    /** @throws io.berth.driver.Failure {@code host.bad-address} (CALLER) */
    void validate(String address);

    /** Installs the helper, or replaces an older one. Answers what it says of itself. */
    String install(HostRef host, String address);

    /** Takes away the helper and all that it keeps. */
    void remove(HostRef host, String address);
}
