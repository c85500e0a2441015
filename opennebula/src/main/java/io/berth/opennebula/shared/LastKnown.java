package io.berth.opennebula.shared;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Goes by what was told last while nothing can be told: a core that is silent for a while doesn't make a shared directory
 * one that may be copied onto itself. Thread-safe.
 */
public final class LastKnown implements Datastores {
    private final Datastores source;
    private final Map<Integer, Map<String, String>> known = new ConcurrentHashMap<>();

    public LastKnown(Datastores source) {
        this.source = source;
    }

    @Override
    public Optional<Map<String, String>> attributes(int datastore) {
        var told = source.attributes(datastore);
        told.ifPresent(attributes -> known.put(datastore, Map.copyOf(attributes)));
        return told.or(() -> Optional.ofNullable(known.get(datastore)));
    }
}
