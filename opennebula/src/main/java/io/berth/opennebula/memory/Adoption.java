package io.berth.opennebula.memory;

import io.berth.core.operation.AdoptRequest;
import io.berth.driver.Failure;
import io.berth.engine.Engine;
import io.berth.opennebula.action.MemoryDeed;
import java.util.Optional;
import java.util.Set;

/**
 * Memory that the site's scripts have saved becomes a checkpoint where it lies, so that it is restored from there and removed
 * only when the guest runs. The scripts remove it first.
 */
final class Adoption {
    private static final String NOT_THERE = "volume.absent";

    private Adoption() {}

    /**
     * What the engine is to adopt before the deed can be done. Changes nothing.
     *
     * @return empty when the guest has memory elsewhere, or there is none to adopt
     * @throws Failure when there is, and it can't be
     */
    static Optional<AdoptRequest> before(MemoryDeed deed, Engine engine) {
        return request(deed)
                .filter(_ -> Sight.of(engine, deed.vm()).isAbsent())
                .filter(request -> isThere(engine, request));
    }

    private static Optional<AdoptRequest> request(MemoryDeed deed) {
        return switch (deed) {
            case MemoryDeed.Restore(var _, var host, var foreign) ->
                // Where it was saved the core doesn't say: what the definition leaves to the host isn't compared.
                foreign.map(image -> new AdoptRequest(image.volume(), image.guest(), host, Set.of()));
            case MemoryDeed.Save _, MemoryDeed.Move _ -> Optional.empty();
        };
    }

    private static boolean isThere(Engine engine, AdoptRequest request) {
        try {
            var _ = engine.checkpoints().planAdopt(request);
            return true;
        } catch (Failure failure) {
            if (failure.is(NOT_THERE)) {
                return false;
            }
            throw failure;
        }
    }
}
