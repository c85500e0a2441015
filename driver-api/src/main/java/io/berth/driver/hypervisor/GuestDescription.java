package io.berth.driver.hypervisor;

import io.berth.driver.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What a survey learns of a live guest.
 *
 * @param definition as it runs, fit to be restored on another host
 * @param persistentDefinition what the host keeps for the next cold start; empty for a transient guest
 * @param obstacles why its memory can't be saved as things are: active block job, host device, host-local state that
 *     can't be carried; empty when it can
 */
public record GuestDescription(
        GuestView view,
        GuestProfile profile,
        String definition,
        Optional<String> persistentDefinition,
        List<Failure> obstacles) {
    public GuestDescription {
        obstacles = List.copyOf(obstacles);
    }
}
