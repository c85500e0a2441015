package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a site has decided.
 *
 * @param linkFolder where the links at the standard checkpoint path live: {@code <folder>/<vm uuid>/checkpoint}
 * @param defaultDatastore for checkpoints when the user names none; empty: the only one, or an error if there are more
 * @param writers by datastore: the ways to write memory, the preferred one first
 * @param places by datastore of VMs' directories: where those VMs' memory goes when the user names none
 */
public record OperationSettings(
        String linkFolder,
        Optional<String> defaultDatastore,
        Map<String, List<MemoryWriter>> writers,
        Map<String, MemoryPlace> places) {
    /** Safe mode, the stream first: it is the fastest one that keeps the guest. */
    public static final List<MemoryWriter> SAFE = List.of(MemoryWriter.STREAM, MemoryWriter.SNAPSHOT);

    public OperationSettings {
        writers = Map.copyOf(writers);
        places = Map.copyOf(places);
    }

    public List<MemoryWriter> writersOn(String datastore) {
        return writers.getOrDefault(datastore, SAFE);
    }

    /**
     * Where a checkpoint goes.
     *
     * @param named by the user
     * @param known all there are
     * @throws Failure {@code datastore.unnamed} (CALLER)
     */
    public String datastore(Optional<String> named, SortedSet<String> known) {
        return named.or(() -> defaultDatastore)
                .or(() -> known.size() == 1 ? Optional.of(known.first()) : Optional.empty())
                .orElseThrow(() -> Failure.of(FailureKind.CALLER, "datastore.unnamed", "which datastore?")
                        .why(known.isEmpty() ? "none is configured" : "there are " + known)
                        .next("name one with --datastore, or set 'default-datastore' in the configuration")
                        .build());
    }
}
