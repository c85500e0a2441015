package io.berth.transport;

import io.berth.driver.HostRef;

/** Opens a conversation with a host's helper. */
@FunctionalInterface
interface Connector {
    /**
     * A session whose helper has spoken and fits.
     *
     * @throws io.berth.driver.Failure of kind ENVIRONMENT, with a code that tells what is in the way
     */
    HelperSession open(HostRef host);
}
