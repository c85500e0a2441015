package io.berth.core.fleet;

/**
 * How many operations of fleets may be under way at once. Immutable.
 *
 * @param host on each host, at least 1; a migration counts on both of its hosts
 * @param datastore on each datastore, at least 1
 */
public record FleetLimits(int host, int datastore) {
    /** Enough that one writes while others attach, flush and read back; few enough that each gets somewhere. */
    public static final FleetLimits USUAL = new FleetLimits(4, 8);

    public FleetLimits {
        if (host < 1 || datastore < 1) {
            throw new IllegalArgumentException("a limit is at least 1: " + host + ", " + datastore);
        }
    }

    int of(Resource resource) {
        return switch (resource) {
            case Resource.OfHost _ -> host;
            case Resource.OfDatastore _ -> datastore;
        };
    }
}
