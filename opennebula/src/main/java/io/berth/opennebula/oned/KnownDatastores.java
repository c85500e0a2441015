package io.berth.opennebula.oned;

import io.berth.driver.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What the core says of datastores, asked at most once a minute for each: a driver has many small things to do one after
 * the other. A core that gives no answer is left alone for a minute too. Thread-safe.
 */
public final class KnownDatastores {
    private static final Duration LASTS = Duration.ofMinutes(1);

    private final IntFunction<Datastore> source;
    private final InstantSource clock;
    private final Map<Integer, Heard> heard = new HashMap<>();
    private Instant silentUntil = Instant.MIN;

    /** @param datastore empty: there is none of that number */
    private record Heard(Optional<Datastore> datastore, Instant until) {}

    /** @param source {@link Oned#datastore}; what it throws means that it can't be told */
    public KnownDatastores(IntFunction<Datastore> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /** @param environment names the core as for {@link Oned#find}; where it names none, nothing can be told */
    public static KnownDatastores find(Map<String, String> environment) {
        return new KnownDatastores(id -> Oned.find(environment).datastore(id), InstantSource.system());
    }

    /** The datastore; empty when it can't be told, for whatever reason. Waits for the core, 30 s at most. */
    public synchronized Optional<Datastore> datastore(int id) {
        var now = clock.instant();
        var known = heard.get(id);
        if (known != null && now.isBefore(known.until())) {
            return known.datastore();
        }
        return now.isBefore(silentUntil) ? Optional.empty() : ask(id);
    }

    private Optional<Datastore> ask(int id) {
        try {
            return heard(id, Optional.of(source.apply(id)));
        } catch (Failure untold) {
            if (untold.is("oned.no-such")) {
                return heard(id, Optional.empty());
            }
            silentUntil = clock.instant().plus(LASTS);
            return Optional.empty();
        }
    }

    private Optional<Datastore> heard(int id, Optional<Datastore> datastore) {
        heard.put(id, new Heard(datastore, clock.instant().plus(LASTS)));
        return datastore;
    }
}
