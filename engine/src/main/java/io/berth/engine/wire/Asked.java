package io.berth.engine.wire;

import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.hypervisor.Phase;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What calls are asked with, where the façade has plain parameters. */
public final class Asked {
    private Asked() {}

    public record Nothing() {}

    /** @param name name, UUID, or whatever the call's things are found by */
    public record ByName(String name) {}

    public record Explain(String name, Phase phase) {}

    /**
     * @param vm only of this VM
     * @param limit at most so many, 1 to 100000; 50 if left out
     */
    public record History(Optional<UUID> vm, Optional<Integer> limit) {
        public History {
            if (limit.isPresent() && (limit.get() < 1 || limit.get() > 100_000)) {
                throw new IllegalArgumentException("limit goes from 1 to 100000");
            }
        }
    }

    public record ById(OperationId id) {}

    public record AddHost(HostRef host, String address) {}

    /** @param datastore its name in the configuration */
    public record OneDatastore(String datastore) {}

    public record OneHost(HostRef host) {}

    /** @param onlyForget leave the host itself alone: it is gone */
    public record RemoveHost(HostRef host, boolean onlyForget) {}

    /** @param delete what is safe to delete */
    public record Garbage(boolean delete) {}

    /**
     * @param at the host that reads; left out: the one it was written on
     * @param whole all of it, not only head and end
     */
    public record Verify(String checkpoint, Optional<HostRef> at, boolean whole) {}

    /** @param losesMemory delete it even if it is all that is left of the VM's memory */
    public record Delete(String checkpoint, boolean losesMemory) {}

    /** @param deadHosts hosts that a person claims to be switched off */
    public record Recover(Set<HostRef> deadHosts) {
        public Recover {
            deadHosts = Set.copyOf(deadHosts);
        }
    }

    /** @param task what {@link Started} answered */
    public record OneTask(String task) {}
}
