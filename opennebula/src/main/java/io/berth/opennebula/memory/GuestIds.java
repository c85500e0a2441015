package io.berth.opennebula.memory;

import io.berth.driver.Failure;
import java.util.Optional;
import java.util.UUID;

/** What OpenNebula's core knows of guests' names. Thread-safe. */
@FunctionalInterface
public interface GuestIds {
    /**
     * The UUID of a VM's guest; empty when the core doesn't know it.
     *
     * @throws Failure when the core gives no answer
     */
    Optional<UUID> uuid(int vm);
}
