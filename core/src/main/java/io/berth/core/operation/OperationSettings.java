package io.berth.core.operation;

import io.berth.driver.hypervisor.MemoryWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a site has decided.
 *
 * @param linkFolder where the links at the standard checkpoint path live: {@code <folder>/<vm uuid>/checkpoint}
 * @param defaultDatastore for checkpoints when the user names none; empty: the only one, or an error if there are more
 * @param writers by datastore: the ways to write memory, the preferred one first
 */
public record OperationSettings(
        String linkFolder, Optional<String> defaultDatastore, Map<String, List<MemoryWriter>> writers) {
    /** Safe mode, the stream first: it is the fastest one that keeps the guest. */
    public static final List<MemoryWriter> SAFE = List.of(MemoryWriter.STREAM, MemoryWriter.SNAPSHOT);

    public OperationSettings {
        writers = Map.copyOf(writers);
    }

    public List<MemoryWriter> writersOn(String datastore) {
        return writers.getOrDefault(datastore, SAFE);
    }
}
